using System.Runtime.CompilerServices;

namespace Autopay.Tests.Fixtures;

/// <summary>
/// No host that a test starts watches its settings files, which nobody changes: each watch is a thread, and Linux gives
/// a user 128 of them.
/// </summary>
internal static class UnwatchedSettings
{
    // Before the first host is built; and for the processes that tests start.
    [ModuleInitializer]
    internal static void Choose() =>
        Environment.SetEnvironmentVariable("DOTNET_hostBuilder__reloadConfigOnChange", "false");
}
