using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace Autopay.Domain.CityControls;

/// <summary>
/// An act upon the controls that one person has asked for and another has to approve. What was shown is bound to it by
/// its hash: who approves another text, or the same text when things have changed, approves nothing.
/// </summary>
/// <param name="Act">What happens when it is approved.</param>
/// <param name="Shown">What both people read, one sentence.</param>
/// <param name="Asked">Who asked, why, and when (UTC).</param>
public sealed record Approval(string Id, ControlChange Act, string Shown, Authority Asked)
{
    /// <summary>How long an approval may be waited for.</summary>
    public static readonly TimeSpan Valid = TimeSpan.FromHours(24);

    /// <summary>The second person's word; null while it waits.</summary>
    public Authority? Decided { get; init; }

    public bool IsRejected { get; init; }

    /// <summary>
    /// What came of an act that is done elsewhere than in the controls, such as a refund; null while it is to be done.
    /// </summary>
    public string? Outcome { get; init; }

    /// <summary>SHA-256 of what was shown, lower-case hex: the second person sends it back.</summary>
    [JsonIgnore]
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Id}\n{Shown}")));

    [JsonIgnore]
    public DateTimeOffset ExpiresAt => Asked.At + Valid;

    /// <summary>The money that the second person agrees to, cents: of a release all of it, of an override the
    /// differences. Null of an act that names none.</summary>
    [JsonIgnore]
    public Money? Amount =>
        Act switch
        {
            CycleReleased released => released.Terms.Total,
            BacklogClearing { Override: { } differences } => differences.Cents,
            RefundAgreed refund => refund.Amount,
            ExemptionAgreed exemption => exemption.Open,
            _ => null,
        };

    /// <summary>On what was said of these cycles it rests; none of an act of another kind.</summary>
    [JsonIgnore]
    public IReadOnlyList<CycleNumber> Cycles =>
        Act switch
        {
            CycleReleased released => [released.Terms.Cycle],
            BacklogClearing clearing => clearing.Cycles,
            _ => [],
        };

    public bool IsExpired(DateTimeOffset now) => now > ExpiresAt;

    /// <summary>Approved, and to be done elsewhere than in the controls: kept until it is.</summary>
    [JsonIgnore]
    public bool IsToDo =>
        Decided is not null && !IsRejected && Outcome is null && Act is RefundAgreed or ExemptionAgreed or ImportAgreed;

    /// <summary>A person is a tenant and an object id, however they are spelled.</summary>
    public bool IsAskedBy(string person) => IsSame(Asked.By, person);

    /// <summary>By who asked for it, or did what it rests on: who cleared the cycle, or made the plan.</summary>
    public bool IsPreparedBy(string person) =>
        IsAskedBy(person) || (Act is CycleReleased released && released.Terms.PreparedBy.Any(by => IsSame(by, person)));

    /// <summary>Also when this person did it from the command line, under an address or an id.</summary>
    public bool IsPreparedBy(Authority person) =>
        IsPreparedBy(person.By)
        || IsPreparedBy(Authority.OnCommandLine(person.By))
        || (person.Name is { } name && IsPreparedBy(Authority.OnCommandLine(name)));

    private static bool IsSame(string one, string other) =>
        string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Asks a second person for an act.</summary>
public sealed record ApprovalAsked(string Id, ControlChange Act) : ControlChange
{
    public override bool ConcernsAccounts => false;
}

/// <summary>The second person says yes: the act happens with it, or is to be done from then on.</summary>
/// <param name="Hash">Of what that person was shown.</param>
public sealed record ApprovalGiven(string Id, string Hash) : ControlChange;

/// <summary>Somebody says no, or whoever asked takes it back.</summary>
public sealed record ApprovalRejected(string Id) : ControlChange
{
    public override bool ConcernsAccounts => false;
}

/// <summary>Money of a collected debit goes back, more of it than one person may give.</summary>
/// <param name="RequestId">The first person's own id of the refund.</param>
/// <param name="Amount">Cents.</param>
/// <param name="Before">What of the debit was given back before, or is set aside to be (cents).</param>
public sealed record RefundAgreed(DebitId Debit, string RequestId, RefundKind Kind, Money Amount, Money Before)
    : ControlChange
{
    public override bool ConcernsAccounts => false;

    /// <summary>What of the debit is given back with it, cents.</summary>
    [JsonIgnore]
    public Money Sum => Before + Amount;
}

/// <summary>A bill that a hold was about goes without a release (R38): one person alone would let money go.</summary>
/// <param name="Open">What is open on it, cents: of more nobody has agreed to anything.</param>
public sealed record ExemptionAgreed(AccountId Account, BillId Bill, DeferralId Deferral, Money Open) : ControlChange
{
    public override bool ConcernsAccounts => false;
}

/// <summary>An accounts file is applied that changes the means of payment or the caps of many.</summary>
/// <param name="Sha256">Of its bytes, lower-case hex.</param>
/// <param name="Arrived">The arrival that is meant: the same file again is asked for again.</param>
public sealed record ImportAgreed(string Import, string Sha256, DateTimeOffset Arrived, MethodChanges Changes)
    : ControlChange
{
    public override bool ConcernsAccounts => false;
}

/// <summary>What two people agreed on is done, or the rules refused it meanwhile.</summary>
/// <param name="Outcome">What came of it, one sentence.</param>
public sealed record AgreedActEnded(string Id, string Outcome) : ControlChange
{
    public override bool ConcernsAccounts => false;
}
