using static TorchSharp.torch.nn;

namespace OnnxAE.Training;

/// <summary>How one kind of module is written.</summary>
/// <param name="Type">The module.</param>
/// <param name="Operators">The operators that it becomes, for the documentation.</param>
/// <param name="Notes">What is refused or done differently, for the documentation.</param>
/// <param name="Write">Writes it.</param>
internal sealed record ModuleWriter(Type Type, string Operators, string Notes, Func<Module, OnnxGraph, OnnxValue, OnnxValue> Write);
