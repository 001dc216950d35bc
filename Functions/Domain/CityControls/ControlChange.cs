using System.Text.Json.Serialization;

namespace Autopay.Domain.CityControls;

/// <summary>One change of the city's controls. Who, why and when are stored with it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(DeferralDeclared), "deferralDeclared")]
[JsonDerivedType(typeof(DeferralWithdrawn), "deferralWithdrawn")]
[JsonDerivedType(typeof(BacklogCleared), "backlogCleared")]
[JsonDerivedType(typeof(BacklogClearing), "backlogClearing")]
[JsonDerivedType(typeof(BacklogReopened), "backlogReopened")]
[JsonDerivedType(typeof(ReleasesStoodStill), "releasesStoodStill")]
[JsonDerivedType(typeof(PenaltyWaived), "penaltyWaived")]
[JsonDerivedType(typeof(DisconnectShielded), "disconnectShielded")]
[JsonDerivedType(typeof(WaiverWithdrawn), "waiverWithdrawn")]
[JsonDerivedType(typeof(ShieldWithdrawn), "shieldWithdrawn")]
[JsonDerivedType(typeof(PublicNoticeRecorded), "publicNoticeRecorded")]
[JsonDerivedType(typeof(PublicNoticeWithdrawn), "publicNoticeWithdrawn")]
[JsonDerivedType(typeof(ChargingHalted), "chargingHalted")]
[JsonDerivedType(typeof(ChargingResumed), "chargingResumed")]
[JsonDerivedType(typeof(ReconcileDemanded), "reconcileDemanded")]
[JsonDerivedType(typeof(Reconciled), "reconciled")]
[JsonDerivedType(typeof(GenerationBegun), "generationBegun")]
[JsonDerivedType(typeof(ApprovalAsked), "approvalAsked")]
[JsonDerivedType(typeof(ApprovalGiven), "approvalGiven")]
[JsonDerivedType(typeof(ApprovalRejected), "approvalRejected")]
[JsonDerivedType(typeof(RefundAgreed), "refundAgreed")]
[JsonDerivedType(typeof(ExemptionAgreed), "exemptionAgreed")]
[JsonDerivedType(typeof(ImportAgreed), "importAgreed")]
[JsonDerivedType(typeof(AgreedActEnded), "agreedActEnded")]
[JsonDerivedType(typeof(TotalsCounted), "totalsCounted")]
[JsonDerivedType(typeof(LateReceiptsAccepted), "lateReceiptsAccepted")]
[JsonDerivedType(typeof(PlanMade), "planMade")]
[JsonDerivedType(typeof(CycleReleased), "cycleReleased")]
[JsonDerivedType(typeof(ReleaseGone), "releaseGone")]
[JsonDerivedType(typeof(ReleaseStopped), "releaseStopped")]
[JsonDerivedType(typeof(PublicNotePublished), "publicNotePublished")]
[JsonDerivedType(typeof(ChargedTwiceTold), "chargedTwiceTold")]
[JsonDerivedType(typeof(PublicNoteWithdrawn), "publicNoteWithdrawn")]
[JsonDerivedType(typeof(RecordsExpired), "recordsExpired")]
[JsonDerivedType(typeof(AccountExported), "accountExported")]
public abstract record ControlChange
{
    /// <summary>The kind of change, as it is stored and shown: <c>deferralDeclared</c>.</summary>
    [JsonIgnore]
    public string Name => char.ToLowerInvariant(GetType().Name[0]) + GetType().Name[1..];

    /// <summary>False of what only waits for a person's word: no account is looked at for it.</summary>
    [JsonIgnore]
    public virtual bool ConcernsAccounts => true;
}

public sealed record DeferralDeclared(
    DeferralId Id,
    IReadOnlyList<CycleNumber> Cycles,
    DateOnly DueFrom,
    DateOnly DueTo,
    DeferralAction Action,
    DateOnly? ExpectedClearBy
) : ControlChange;

public sealed record DeferralWithdrawn(DeferralId Id) : ControlChange;

public sealed record BacklogCleared(
    IReadOnlyList<CycleNumber> Cycles,
    IReadOnlyDictionary<string, DateOnly> ReceivedThrough
) : ControlChange
{
    /// <summary>When finance asked for it, if it has waited for files since (R26).</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>The hash of the certificate that bears it out; null without counted totals.</summary>
    public string? Certificate { get; init; }

    /// <summary>What that certificate says, with the counts that were replaced; null without one.</summary>
    public string? Says { get; init; }
}

/// <summary>
/// Finance has cleared the cycles; it takes effect when the files that arrived before are applied (R26).
/// </summary>
public sealed record BacklogClearing(
    IReadOnlyList<CycleNumber> Cycles,
    IReadOnlyDictionary<string, DateOnly> ReceivedThrough
) : ControlChange
{
    /// <summary>The differences that it does not wait for; null of an ordinary clear.</summary>
    public CertificateOverride? Override { get; init; }
}

public sealed record BacklogReopened(IReadOnlyList<CycleNumber> Cycles) : ControlChange;

public sealed record PenaltyWaived(
    string Id,
    DateOnly DueFrom,
    DateOnly DueTo,
    DateOnly PenaltyFrom,
    DateOnly PenaltyTo
) : ControlChange
{
    /// <summary>None named is every cycle.</summary>
    public IReadOnlyList<CycleNumber> Cycles { get; init; } = [];
}

public sealed record WaiverWithdrawn(string Id) : ControlChange
{
    public override bool ConcernsAccounts => false;
}

public sealed record DisconnectShielded(string Id, IReadOnlyList<DateOnly> Dates) : ControlChange
{
    /// <summary>None named is every cycle.</summary>
    public IReadOnlyList<CycleNumber> Cycles { get; init; } = [];
}

public sealed record ShieldWithdrawn(string Id) : ControlChange
{
    public override bool ConcernsAccounts => false;
}

public sealed record ChargingHalted : ControlChange;

public sealed record ChargingResumed : ControlChange;

/// <summary>
/// Nothing is charged until every intent that was created since then is matched: the books come from a backup.
/// </summary>
public sealed record ReconcileDemanded(DateTimeOffset Since) : ControlChange;

/// <summary>Every intent is matched; charging goes on.</summary>
public sealed record Reconciled : ControlChange;

/// <summary>The books come from a backup: accounts that it did not have open in this generation too (R1).</summary>
public sealed record GenerationBegun(int Generation) : ControlChange;

/// <summary>
/// Who did it, why and when (UTC). Locally "who" comes from a header, else it is the name of the part of the system.
/// </summary>
public sealed record Authority(string By, string Why, DateTimeOffset At)
{
    /// <summary>Who acts from the command line, by the name that is given there.</summary>
    public static string OnCommandLine(string name) => $"{name} (command line)";

    /// <summary>What the directory called this person at that moment: for reading only, it decides nothing.</summary>
    public string? Name { get; init; }

    /// <summary>The roles in which it was done: for reading only.</summary>
    public string? Role { get; init; }

    /// <summary>Under which whoever asked finds it again; null where none was given. What is saved with this names
    /// its operation in the same write.</summary>
    public string? Operation { get; init; }
}

/// <summary>A person, or an app, that asks for something.</summary>
/// <param name="Who">Tenant and object id: this alone says whether two are the same.</param>
/// <param name="Name">For reading only; null where the directory told none.</param>
/// <param name="Role">In which roles it is asked, for reading only.</param>
public sealed record Person(string Who, string? Name, string? Role)
{
    /// <summary>The id that this person gave to the wish; null: none.</summary>
    public string? Operation { get; init; }

    public override string ToString() => Who;
}
