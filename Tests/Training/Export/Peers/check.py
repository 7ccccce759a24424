"""Debian's ONNX checker over every .onnx file of a folder; one line for each that it refuses."""
import pathlib
import sys

import onnx

newest = onnx.defs.onnx_opset_version()
checked = 0
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.onnx")):
    model = onnx.load(str(path))
    if model.opset_import[0].version > newest:
        continue  # younger than this checker
    checked += 1
    try:
        onnx.checker.check_model(model, full_check=True)
    except Exception as error:
        print(f"{path.name}: {' '.join(str(error).split())[:300]}")
print(f"checked {checked} of opset {newest} and below")
