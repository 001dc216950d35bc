using System.Runtime.CompilerServices;
using Autopay.Application.Ledgers;
using Autopay.Hosting.Settings;

namespace Autopay.Tests.Fixtures;

/// <summary>
/// The cities of tests have a few accounts, and so the least number of buckets: most of what a test waited for was
/// walks of empty ones. What depends on the number is tested with the usual one: the published app, the local host, the
/// counted budgets, and everything in a soak (D303).
/// </summary>
internal static class FewBuckets
{
    private const int Few = 8;
    private const string Setting = $"{CityOptions.Section}__{nameof(CityOptions.Buckets)}";

    // Before the first test looks; and for the processes that tests start.
    [ModuleInitializer]
    internal static void Choose()
    {
        var buckets = Soak.IsOn ? Bucket.Usual : Few;
        Environment.SetEnvironmentVariable(Setting, $"{buckets}");
        Bucket.Choose(buckets);
    }
}
