// onnxruntime-web over every .onnx file of a folder: x.onnx with the inputs x.<i>.in to the output x.out, all float32 or
// int64 as the file x.json says. One line for each that differs from x.expected by more than 1e-5, and a count.
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder, modules] = process.argv.slice(2);
const ort = await import(pathToFileURL(path.join(modules, 'onnxruntime-web/dist/ort.node.min.mjs')));
ort.env.wasm.numThreads = 1;
ort.env.logLevel = 'error';

const bytes = file => {
  const content = fs.readFileSync(path.join(folder, file));
  return content.buffer.slice(content.byteOffset, content.byteOffset + content.length);
};

let run = 0;
for (const file of fs.readdirSync(folder).filter(name => name.endsWith('.onnx')).sort()) {
  const name = file.slice(0, -'.onnx'.length);
  const about = JSON.parse(fs.readFileSync(path.join(folder, name + '.json'), 'utf8'));
  try {
    const session = await ort.InferenceSession.create(new Uint8Array(bytes(file)), { graphOptimizationLevel: 'all' });
    const feeds = {};
    about.inputs.forEach((input, i) => {
      const data = input.type === 'int64' ? new BigInt64Array(bytes(`${name}.${i}.in`)) : new Float32Array(bytes(`${name}.${i}.in`));
      feeds[input.name] = new ort.Tensor(input.type, data, input.shape);
    });
    const output = (await session.run(feeds))[about.output];
    const expected = new Float32Array(bytes(name + '.expected'));
    const isSameShape = output.dims.join() === about.shape.join();
    let worst = 0;
    // Of the number where it is larger than 1: a float has no more digits.
    expected.forEach((value, i) => { worst = Math.max(worst, Math.abs(value - output.data[i]) / Math.max(1, Math.abs(value))); });
    if (!isSameShape || !(worst <= 1e-5)) console.log(`${name}: [${output.dims}] instead of [${about.shape}], differs by ${worst}`);
    await session.release();
    run++;
  } catch (error) {
    console.log(`${name}: ${String(error).slice(0, 300)}`);
  }
}
console.log(`ran ${run}`);
