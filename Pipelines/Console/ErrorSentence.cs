using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.ML.OnnxRuntime;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>The one place where an exception becomes what a user reads: a sentence, and an exit code for scripts.</summary>
internal static partial class ErrorSentence
{
    private const int BrokenPipe = 32; // EPIPE, of every Unix

    /// <summary>Says in one line what went wrong; nothing where a reader has taken what it wanted and gone, as <c>head</c> does.</summary>
    public static (string Sentence, int ExitCode) For(Exception exception) => exception switch
    {
        TrainingInterruptedException => (OneLine(exception.Message), ExitCode.Interrupted),
        OperationCanceledException => ("Stopped; no half-written file was left behind.", ExitCode.Interrupted),
        IOException { HResult: BrokenPipe } => ("", ExitCode.BrokenPipe),
        AggregateException { InnerExceptions: [var only] } => For(only),
        System.Reflection.TargetInvocationException { InnerException: { } inner } => For(inner),
        InvalidOperationException { InnerException: { } inner } when exception.Message.StartsWith("Splitter/consolidator", StringComparison.Ordinal)
            => For(inner), // what a thread of ML.NET's met
        TypeInitializationException { InnerException: { } inner } => For(inner),
        UsageException => (OneLine(exception.Message), ExitCode.Usage),
        FileNotFoundException { FileName: { Length: > 0 } file } when !exception.Message.Contains(file, StringComparison.Ordinal)
            => ($"{OneLine(exception.Message)} ({file})", ExitCode.Failure),
        OnnxRuntimeException => ("ONNX Runtime refused the model: " + OneLine(exception.Message), ExitCode.Failure),
        DllNotFoundException => ("A native library could not be loaded; run ./setup. " + exception.Message.Split('\n')[0], ExitCode.Failure),
        UnauthorizedAccessException or HttpRequestException or IOException or InvalidDataException
            or JsonException or NotSupportedException or InvalidOperationException or TrainingDivergedException or OnnxExportException or IncompleteException
            => (OneLine(exception.Message), ExitCode.Failure),
        ArgumentException => (OneLine(ParameterName().Replace(exception.Message, "")), ExitCode.Failure),
        _ => ($"Unexpected {exception.GetType().Name}: {OneLine(exception.Message)} Set ONNXAE_DEBUG=1 to see where.", ExitCode.Failure),
    };

    /// <summary>Writes the sentence to <see cref="CliContext.Error"/>, and the trace when debugging; returns the exit code.</summary>
    public static int Write(Exception exception, CliContext context, string program = "onnxae")
    {
        var (sentence, exitCode) = For(exception);
        if (sentence.Length > 0)
        {
            context.Error.WriteLine($"{program}: {sentence}");
        }

        if (context.Debug)
        {
            context.Error.WriteLine(exception);
        }

        return exitCode;
    }

    private static string OneLine(string message) => LineBreaks().Replace(message.Trim(), " ");

    // .NET appends the parameter, which is the program's business and not the user's.
    [GeneratedRegex(@" \(Parameter '\w+'\)")]
    private static partial Regex ParameterName();

    [GeneratedRegex(@"\s*[\r\n]+\s*")]
    private static partial Regex LineBreaks();
}
