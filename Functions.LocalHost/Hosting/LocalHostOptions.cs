using Autopay.Domain;

namespace Autopay.LocalHost.Hosting;

/// <summary>Section <c>LocalHost</c> of the configuration: the host itself.</summary>
internal sealed record LocalHostOptions
{
    public const string Section = "LocalHost";

    /// <summary>0 takes any free port.</summary>
    [Setting("port of the app; `--port` is the same", SetBy = SettingSource.LocalHost)]
    public int Port { get; init; } = 7071;

    /// <summary>Relative to the working folder.</summary>
    [Setting(
        "a published folder, run as a process of its own",
        SetBy = SettingSource.LocalHost,
        Default = "the app that is built in"
    )]
    public string App { get; init; } = "";
}
