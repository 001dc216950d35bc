using Autopay.Hosting;

namespace Autopay.Triggers.Finance;

/// <summary>The bodies of the requests that change the city's controls; each names its reason.</summary>
internal sealed record DeferralRequest(
    IReadOnlyList<int> Cycles,
    DateOnly DueFrom,
    DateOnly DueTo,
    DeferralAction Action,
    string Reason,
    string? Id = null,
    DateOnly? ExpectedClearBy = null
)
{
    public DeferralDeclared ToChange(string newId) =>
        new(
            new DeferralId(HttpJson.Id(Id ?? newId, "id")),
            [.. Cycles.Select(Requests.Cycle)],
            DueFrom,
            DueTo,
            Action,
            ExpectedClearBy
        );
}

internal enum BacklogFlag
{
    Open,
    Cleared,
}

internal sealed record BacklogRequest(
    BacklogFlag State,
    string Reason,
    IReadOnlyDictionary<string, DateOnly>? ReceivedThrough = null
)
{
    public ControlChange ToChange(CycleNumber cycle) =>
        State == BacklogFlag.Cleared
            ? new BacklogCleared([cycle], Requests.Channels(ReceivedThrough))
            : new BacklogReopened([cycle]);
}

internal sealed record WaiverRequest(
    DateOnly DueFrom,
    DateOnly DueTo,
    DateOnly PenaltyFrom,
    DateOnly PenaltyTo,
    string Reason,
    string? Id = null
);

internal sealed record ShieldRequest(IReadOnlyList<DateOnly> Dates, string Reason, string? Id = null);

internal sealed record HaltRequest(bool Halted, string Reason);

internal static class Requests
{
    private static readonly string[] ChannelNames = ["cash", "check", "card", "online"];

    public static CycleNumber Cycle(int cycle) =>
        HttpJson.Cycle(cycle.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public static string Channel(string channel) =>
        ChannelNames.Contains(channel)
            ? channel
            : throw new BadRequestException(
                $"channel: '{channel}' is not a channel; expected one of {string.Join(", ", ChannelNames)}."
            );

    public static IReadOnlyDictionary<string, DateOnly> Channels(
        IReadOnlyDictionary<string, DateOnly>? receivedThrough
    ) =>
        (receivedThrough ?? new Dictionary<string, DateOnly>()) is var given
        && given.Keys.FirstOrDefault(channel => !ChannelNames.Contains(channel)) is { } unknown
            ? throw new BadRequestException(
                $"receivedThrough: '{unknown}' is not a channel; expected one of {string.Join(", ", ChannelNames)}."
            )
            : given;

    /// <summary>A short id for what the caller did not name: kind and instant.</summary>
    public static string NewId(string kind, DateTimeOffset now) =>
        $"{kind}-{now.UtcDateTime.ToString("yyyyMMddHHmmssfff", System.Globalization.CultureInfo.InvariantCulture)}";
}
