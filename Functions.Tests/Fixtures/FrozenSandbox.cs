using Autopay.StripeSandbox;

namespace Autopay.Tests.Fixtures;

/// <summary>A sandbox whose clock moves only when a test moves it.</summary>
internal static class FrozenSandbox
{
    /// <summary>A Monday, noon in Missouri; Thursday of that week is Thanksgiving.</summary>
    public static readonly DateTimeOffset Monday = new(2026, 11, 23, 18, 0, 0, TimeSpan.Zero);

    public static SandboxOptions Options =>
        new()
        {
            Frozen = true,
            StartAt = Monday,
            MissingMandate = MissingMandate.Saved,
        };
}
