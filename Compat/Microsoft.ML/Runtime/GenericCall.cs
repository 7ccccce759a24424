using System.Reflection;

namespace Microsoft.ML.Runtime;

/// <summary>Calls a generic method for a type that is known at run time only: a column's.</summary>
internal static class GenericCall
{
    /// <summary>
    /// Calls <paramref name="sample"/>'s method with <paramref name="type"/> in place of its type argument:
    /// <c>GenericCall.Invoke&lt;Delegate&gt;(MakeGetter&lt;int&gt;, column.Type.RawType, row, column)</c>.
    /// </summary>
    public static TResult Invoke<TResult>(Delegate sample, Type type, params object[] arguments) =>
        (TResult)sample.Method.GetGenericMethodDefinition().MakeGenericMethod(type)
            .Invoke(sample.Target, BindingFlags.DoNotWrapExceptions, null, arguments, null);
}
