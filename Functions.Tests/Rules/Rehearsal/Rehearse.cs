using Autopay.Rehearsal;

namespace Autopay.Tests.Rules.Rehearsal;

/// <summary>The command as a person runs it: exit code, output, errors.</summary>
internal sealed record Rehearse(int ExitCode, string Output, string Errors)
{
    public static async Task<Rehearse> RunAsync(string folder, string? report = null, string? account = null)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var exitCode = await RehearseCommand.RunAsync(folder, report, account, output, errors);
        return new Rehearse(exitCode, output.ToString(), errors.ToString());
    }
}
