using Autopay.Domain;
using Autopay.StripeSandbox;

namespace Autopay.LocalHost.Local;

/// <summary>Section <c>Local</c> of the configuration: what the local host starts beside the app.</summary>
internal sealed record LocalOptions
{
    public const string Section = "Local";

    [Setting("folder in which the data stay", SetBy = SettingSource.LocalHost)]
    public string Data { get; init; } = ".autopay";

    [Setting("port on which the sandbox listens", SetBy = SettingSource.LocalHost)]
    public int SandboxPort { get; init; } = 12111;

    [Setting(
        "payment methods count as saved with a mandate at the sandbox, or refuse their debits "
            + "([mandates](../Functions.StripeSandbox/README.md#mandates))",
        SetBy = SettingSource.LocalHost
    )]
    public MissingMandate MissingMandate { get; init; } = MissingMandate.Saved;
}
