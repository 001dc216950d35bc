using System.Security.Cryptography;
using System.Text;
using Autopay.Application;
using Autopay.Application.Finance;
using Autopay.Hosting;
using Microsoft.AspNetCore.Http;

namespace Autopay.Triggers.Finance;

/// <summary>What every change of the city's controls may say beside its reason.</summary>
internal abstract record ChangeTerms
{
    /// <summary>The version of the controls that the person saw; of another one it is 409.</summary>
    public long? ExpectedVersion { get; init; }

    /// <summary>Made up by whoever asks: the same request again changes nothing, and can be asked about.</summary>
    public string? OperationId { get; init; }

    /// <summary>The id of what the request makes, where it names none: the same again for the same operation.</summary>
    public string IdOr(string? given, string kind, DateTimeOffset now) =>
        HttpJson.Id(given ?? OperationId ?? Requests.NewId(kind, now), "id");

    /// <summary>The id of a request for a second person: of its kind, so that no operation's id is another
    /// request's.</summary>
    public string ApprovalId(string kind, DateTimeOffset now) =>
        OperationId is not { } operation ? Requests.NewId(kind, now)
        : HttpJson.IsId($"{kind}-{operation}") ? $"{kind}-{operation}"
        : $"{kind}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(operation)))[..32]}";

    public ChangeRequest ToRequest(HttpRequest request, CityClock clock, string? reason)
    {
        var terms = RequestTerms.Of(request);
        return new(clock.Authority(HttpJson.User(request), HttpJson.Reason(reason)))
        {
            ExpectedVersion = terms.ExpectedVersion,
            Operation = terms.Operation,
        };
    }
}

/// <summary>A change that needs nothing but its reason.</summary>
internal sealed record ReasonedChange(string Reason) : ChangeTerms;

/// <summary>The bodies of the requests that change the city's controls; each names its reason.</summary>
internal sealed record DeferralRequest(
    IReadOnlyList<int> Cycles,
    DateOnly DueFrom,
    DateOnly DueTo,
    DeferralAction Action,
    string Reason,
    string? Id = null,
    DateOnly? ExpectedClearBy = null
) : ChangeTerms
{
    public DeferralDeclared ToChange(DateTimeOffset now) =>
        new(
            new DeferralId(IdOr(Id, "deferral", now)),
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
) : ChangeTerms
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
    string? Id = null,
    IReadOnlyList<int>? Cycles = null
) : ChangeTerms
{
    public PenaltyWaived ToChange(DateTimeOffset now) =>
        new(IdOr(Id, "waiver", now), DueFrom, DueTo, PenaltyFrom, PenaltyTo) { Cycles = Requests.Cycles(Cycles) };
}

internal sealed record ShieldRequest(
    IReadOnlyList<DateOnly> Dates,
    string Reason,
    string? Id = null,
    IReadOnlyList<int>? Cycles = null
) : ChangeTerms
{
    public DisconnectShielded ToChange(DateTimeOffset now) =>
        new(IdOr(Id, "shield", now), Dates) { Cycles = Requests.Cycles(Cycles) };
}

internal sealed record PublicNoticeRequest(
    IReadOnlyList<int> Cycles,
    DateOnly DueFrom,
    DateOnly DueTo,
    DateOnly PublishedOn,
    bool CoversAmounts,
    string Audience,
    string Evidence,
    string Reason,
    string? Id = null,
    DateOnly? DebitsFrom = null
) : ChangeTerms
{
    /// <exception cref="BadRequestException">It is dated in the future: nobody has read it yet.</exception>
    public PublicNoticeRecorded ToChange(CityClock clock) =>
        new(
            IdOr(Id, "notice", clock.Now.Utc),
            [.. Cycles.Select(Requests.Cycle)],
            DueFrom,
            DueTo,
            PublishedOn <= clock.Now.Today
                ? PublishedOn
                : throw new BadRequestException("publishedOn: expected a day that is not in the future."),
            DebitsFrom,
            CoversAmounts,
            Requests.Text(Audience, "audience"),
            Requests.Text(Evidence, "evidence")
        );
}

internal sealed record HaltRequest(bool Halted, string Reason) : ChangeTerms;

internal static class Requests
{
    private static readonly string[] ChannelNames = ["cash", "check", "card", "online"];

    public static CycleNumber Cycle(int cycle) =>
        HttpJson.Cycle(cycle.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>None named is every cycle.</summary>
    public static IReadOnlyList<CycleNumber> Cycles(IReadOnlyList<int>? cycles) =>
        [.. (cycles ?? []).Select(Cycle).Distinct()];

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

    /// <exception cref="BadRequestException">It is empty, too long, or has control characters.</exception>
    public static string Text(string text, string name) =>
        string.IsNullOrWhiteSpace(text) || text.Length > 500 || text.Any(char.IsControl)
            ? throw new BadRequestException($"{name}: expected a text of at most 500 characters.")
            : text.Trim();

    /// <summary>The terms of a change without a body.</summary>
    public static ReasonedChange Reasoned(IQueryCollection query) =>
        new(HttpJson.Reason(query["reason"])) { OperationId = query[RequestTerms.OperationName].FirstOrDefault() };

    /// <summary>What was made before, under the same operation, is not made again.</summary>
    public static int StatusOf(ChangeAnswer done) =>
        done.IsRepeat ? StatusCodes.Status200OK : StatusCodes.Status201Created;

    /// <summary>A short id for what the caller did not name: kind and instant.</summary>
    public static string NewId(string kind, DateTimeOffset now) =>
        $"{kind}-{now.UtcDateTime.ToString("yyyyMMddHHmmssfff", System.Globalization.CultureInfo.InvariantCulture)}";
}
