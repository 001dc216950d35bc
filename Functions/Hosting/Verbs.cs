using System.CommandLine;
using Autopay.Rehearsal;

namespace Autopay.Hosting;

/// <summary>What can be done from the command line instead of running the app.</summary>
internal static class Verbs
{
    public static Task<int> RunAsync(string[] args) =>
        new RootCommand("Autopay: without a verb the app runs") { RehearseCommand.Create() }.Parse(args).InvokeAsync();
}
