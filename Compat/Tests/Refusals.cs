using System.Reflection;
using System.Reflection.Emit;

namespace OnnxAE.Tests.Compat.StandIns;

/// <summary>The sentences that an assembly gives to NotSupportedException, read from its instructions.</summary>
internal static class Refusals
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> s_codes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    /// <summary>Sentences, an ellipsis where a value stands.</summary>
    public static IEnumerable<string> Of(Assembly assembly) =>
        from type in assembly.GetTypes()
        from method in type.GetMethods(Declared).Concat<MethodBase>(type.GetConstructors(Declared))
        where !method.Name.StartsWith("System.Collections.", StringComparison.Ordinal) // the compiler's own collections
        from sentence in Of(method)
        select sentence;

    private static IEnumerable<string> Of(MethodBase method)
    {
        byte[] code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        var pieces = new List<string>();
        for (int at = 0; at < code.Length;)
        {
            short value = code[at] == 0xfe ? (short)(0xfe00 | code[at + 1]) : code[at];
            OpCode instruction = s_codes[value];
            at += instruction.Size;
            if (instruction == OpCodes.Ldstr)
            {
                pieces.Add(method.Module.ResolveString(BitConverter.ToInt32(code, at)));
            }
            else if (instruction == OpCodes.Newobj && IsRefusal(method, BitConverter.ToInt32(code, at)))
            {
                yield return string.Join("…", pieces);
            }

            if (instruction.FlowControl is FlowControl.Branch or FlowControl.Cond_Branch or FlowControl.Return or FlowControl.Throw)
            {
                pieces.Clear();
            }

            at += OperandSize(instruction, code, at);
        }
    }

    private static bool IsRefusal(MethodBase method, int token)
    {
        Type[]? ofType = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        Type[]? ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        return method.Module.ResolveMethod(token, ofType, ofMethod)!.DeclaringType == typeof(NotSupportedException);
    }

    private static int OperandSize(OpCode instruction, byte[] code, int at) => instruction.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(code, at),
        _ => 4,
    };
}
