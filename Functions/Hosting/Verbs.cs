using System.CommandLine;
using Autopay.Hosting.Operator;
using Autopay.Rehearsal;

namespace Autopay.Hosting;

/// <summary>What can be done from the command line instead of running the app.</summary>
internal static class Verbs
{
    private const string Rehearse = "rehearse";

    // Parsing errors are wrong input. A rehearsal takes no settings: it cannot reach an account.
    public static async Task<int> RunAsync(string[] args, OperatorApp app)
    {
        (args, app.Settings) = args is [Rehearse, ..] ? (args, []) : OperatorArguments.Split(args);
        var root = new RootCommand("Autopay: without a verb the app runs") { RehearseCommand.Create() };
        foreach (var command in OperatorCommands.Create(app))
        {
            root.Add(command);
        }

        var parsed = root.Parse(args);
        var code = await parsed.InvokeAsync();
        return parsed.Errors.Count > 0 ? OperatorApp.WrongInput : code;
    }
}
