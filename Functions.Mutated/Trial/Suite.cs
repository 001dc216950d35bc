using System.Reflection;
using System.Text.RegularExpressions;
using Xunit;
using Xunit.Runner.Common;
using Xunit.Sdk;
using Xunit.v3;

namespace Autopay.Mutated.Trial;

/// <summary>The tests, found once, and run as often as there are mutants, one at a time.</summary>
internal sealed class Suite : IMessageSink
{
    private static readonly Assembly Tests = Assembly.Load("Functions.Tests");
    private readonly XunitTestFramework framework = new();
    private readonly Dictionary<string, ITestCase> cases = [];
    private readonly TestAssemblyConfiguration settings = new()
    {
        ParallelizeTestCollections = false,
        StopOnFail = true,
        SynchronousMessageReporting = true,
    };

    /// <summary>Told of each test that has ended: its case, its milliseconds, and whether it failed.</summary>
    public Action<string, double, bool> Ended { get; set; } = (_, _, _) => { };

    public IReadOnlyDictionary<string, ITestCase> Cases => cases;

    /// <param name="classes">A pattern of the full names of test classes.</param>
    public static async Task<Suite> FindAsync(string classes)
    {
        var suite = new Suite();
        var types = Tests.GetExportedTypes().Where(type => Regex.IsMatch(type.FullName!, classes)).ToArray();
        TestContext.SetForInitialization(null, diagnosticMessages: false, internalDiagnosticMessages: false);
        await suite
            .framework.GetDiscoverer(Tests)
            .Find(suite.AddAsync, TestFrameworkOptions.ForDiscovery(suite.settings), types);
        return suite;
    }

    /// <summary>Runs them; the first that fails is the last.</summary>
    /// <returns>The name of a test that failed, or null.</returns>
    public async Task<string?> RunAsync(IEnumerable<string> chosen, bool stop = true)
    {
        (failed, settings.StopOnFail) = (null, stop);
        // It does not outlive the method that sets it.
        TestContext.SetForInitialization(null, diagnosticMessages: false, internalDiagnosticMessages: false);
        await framework
            .GetExecutor(Tests)
            .RunTestCases([.. chosen.Select(id => cases[id])], this, TestFrameworkOptions.ForExecution(settings));
        return failed;
    }

    private string? failed;
    private bool failing;

    public bool OnMessage(IMessageSinkMessage message)
    {
        switch (message)
        {
            case ITestFailed it:
                failing = true;
                failed ??= cases[it.TestCaseUniqueID].TestCaseDisplayName;
                break;
            case ITestFinished it:
                Ended(it.TestCaseUniqueID, (double)it.ExecutionTime * 1000, failing);
                failing = false;
                break;
            // A fixture that cannot be made, or cannot be put away.
            case IErrorMetadata:
                failed ??= message.GetType().Name;
                break;
        }

        return failed is null || !settings.StopOnFailOrDefault;
    }

    private ValueTask<bool> AddAsync(ITestCase found)
    {
        cases[found.UniqueID] = found;
        return ValueTask.FromResult(true);
    }
}
