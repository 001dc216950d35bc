using System.Text.Json.Serialization;

namespace Autopay.Domain.Ledger;

/// <summary>The last switch off: what it took out of debits comes back when it is undone soon (R23).</summary>
/// <param name="On">The civil day.</param>
public sealed record AutopayOff(DateOnly On, IReadOnlyList<CancelledLine> Lines);

/// <summary>A bill whose debit was cancelled; the day of its retry when it was to be one.</summary>
public sealed record CancelledLine(BillId Bill, DateOnly? RetryOn);

public sealed partial record AccountLedger
{
    /// <summary>
    /// What the last accounts file said of autopay, whatever a person did since; null before it was kept (R23).
    /// </summary>
    public bool? FileAutopay { get; init; }

    /// <summary>
    /// The civil day since which autopay is on; null while it is off, and in ledgers from before it was kept.
    /// </summary>
    public DateOnly? AutopaySince { get; init; }

    /// <summary>Null while autopay is on.</summary>
    public AutopayOff? LastOff { get; init; }

    /// <summary>
    /// How the account was charged before the accounts file left it without a payment method (R39); null while it has
    /// one.
    /// </summary>
    public MeansOfPayment? FormerMeans { get; init; }

    /// <summary>How the account is charged, or was last; null when that was never known.</summary>
    [JsonIgnore]
    public MeansOfPayment? LastMeans => Enrolment?.Means ?? FormerMeans;

    /// <summary>
    /// What the last accounts file said. A person's switch is assumed to have been one, where that was not kept.
    /// </summary>
    [JsonIgnore]
    public bool? LastFileAutopay => FileAutopay ?? (SwitchedAt is null ? Enrolment?.Autopay : !Enrolment?.Autopay);

    private AccountLedger Enrol(AccountEnrolled e) =>
        this with
        {
            AutopaySince = Enrolment is null && e.Enrolment.Autopay ? e.On : AutopaySince,
            Enrolment = e.Enrolment,
            EnrolledAt = e.ReceivedAt ?? EnrolledAt,
            FileAutopay = e.FileAutopay ?? FileAutopay,
            KnownPayer = e.Enrolment.Customer.Length > 0 ? e.Enrolment.Customer : KnownPayer,
            FormerMeans = e.Enrolment.Means is null ? LastMeans : null,
        };

    private AccountLedger Switch(AutopaySwitched e) =>
        this with
        {
            Enrolment = Enrolment! with { Autopay = e.On },
            SwitchedAt = e.ByPersonAt ?? SwitchedAt,
            AutopaySince = e.On ? e.Day : null,
            LastOff = e is { On: false, Day: { } day } ? new AutopayOff(day, []) : null,
        };

    private AccountLedger NoteCancelledByOff(DebitCancelled e) =>
        e.AutopayOff && LastOff is { } off
            ? this with
            {
                LastOff = off with
                {
                    Lines =
                    [
                        .. off.Lines,
                        .. DebitOf(e.Debit)
                            .Lines.Select(line => new CancelledLine(line.Bill, DebitOf(e.Debit).RetryOn)),
                    ],
                },
            }
            : this;
}
