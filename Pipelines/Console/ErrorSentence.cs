using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.ML.OnnxRuntime;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>The one place where an exception becomes what a user reads: a sentence, and an exit code for scripts.</summary>
internal static partial class ErrorSentence
{
    private const int BrokenPipe = 32; // EPIPE, of every Unix
    private const string DataViews = "Microsoft.ML.Data"; // the part of ML.NET that reads rows on threads of its own

    /// <summary>Says in one line what went wrong; nothing where a reader has taken what it wanted and gone, as <c>head</c> does.</summary>
    public static (string Sentence, int ExitCode) For(Exception exception) => exception switch
    {
        TrainingInterruptedException => (OneLine(exception.Message), ExitCode.Interrupted),
        OperationCanceledException => ("Stopped; no half-written file was left behind.", ExitCode.Interrupted),
        IOException { HResult: BrokenPipe } => ("", ExitCode.BrokenPipe),
        AggregateException { InnerExceptions: [var only] } => For(only),
        System.Reflection.TargetInvocationException { InnerException: { } inner } => For(inner),
        InvalidOperationException { Source: DataViews, InnerException: { } inner } => For(inner), // what such a thread met
        TypeInitializationException { InnerException: { } inner } => For(inner),
        UsageException => (OneLine(exception.Message), ExitCode.Usage),
        FileNotFoundException { FileName: { Length: > 0 } file } when !exception.Message.Contains(file, StringComparison.Ordinal)
            => ($"{OneLine(exception.Message)} ({file})", ExitCode.Failure),
        OnnxRuntimeException => ("ONNX Runtime refused the model: " + OneLine(exception.Message), ExitCode.Failure),
        DllNotFoundException => ("A native library could not be loaded; run ./setup. " + exception.Message.Split('\n')[0], ExitCode.Failure),
        UnauthorizedAccessException or HttpRequestException or IOException or InvalidDataException
            or JsonException or NotSupportedException or InvalidOperationException or TrainingDivergedException or OnnxExportException or IncompleteException
            => (OneLine(exception.Message), ExitCode.Failure),
        ArgumentException argument => (OneLine(WithoutParameter(argument)), ExitCode.Failure),
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
    private static string WithoutParameter(ArgumentException exception) =>
        exception.Message.Replace($" (Parameter '{exception.ParamName}')", "", StringComparison.Ordinal);

    [GeneratedRegex(@"\s*[\r\n]+\s*")]
    private static partial Regex LineBreaks();
}

/// <summary>The command line asks for something that cannot be; the message is the sentence to show.</summary>
internal sealed class UsageException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>A part of the work failed; the figures of the rest are there, and go into <c>--json</c> all the same.</summary>
/// <param name="message">The sentence to show.</param>
/// <param name="figures">As a command returns them.</param>
internal sealed class IncompleteException(string message, object figures) : Exception(message)
{
    /// <summary>What was reached.</summary>
    public object Figures { get; } = figures;
}

/// <summary>What the process returns to the shell.</summary>
internal static class ExitCode
{
    /// <summary>The command did what it says.</summary>
    public const int Success = 0;

    /// <summary>The command could not do it: a missing, damaged or unfit file, a full disk, no network.</summary>
    public const int Failure = 1;

    /// <summary>The command line itself is wrong; nothing was started.</summary>
    public const int Usage = 2;

    /// <summary>SIGHUP: 128 + 1.</summary>
    public const int HungUp = 129;

    /// <summary>Ctrl-C: 128 + SIGINT, as shells have it.</summary>
    public const int Interrupted = 130;

    /// <summary>Nobody reads the output any more: 128 + SIGPIPE, which ends <c>cat</c> and its like.</summary>
    public const int BrokenPipe = 141;

    /// <summary>SIGTERM: 128 + 15.</summary>
    public const int Terminated = 143;
}
