using System.Globalization;

namespace Autopay.Domain.Protections;

/// <summary>A penalty that the billing system has charged against the rules and has not taken back.</summary>
public sealed record WrongPenalty(AccountId Account, ChargedPenalty Penalty, PenaltyAnswer Answer);

/// <summary>Counts of bills in the windows of the waivers in force, and of penalties charged on any bill.</summary>
/// <param name="Penalised">Bills in the windows with a penalty that stands.</param>
/// <param name="EverCharged">Bills in the windows that were ever charged one, taken back or not.</param>
/// <param name="Penalties">Penalties on any bill, and how many of them stand.</param>
/// <param name="ToReverse">Those that stand against the rules, in the windows or not.</param>
public sealed record ProtectionProof(
    int BillsInWindows,
    int Penalised,
    int EverCharged,
    int Penalties,
    int Standing,
    int ToReverse,
    long ToReverseCents,
    DateOnly? LastChargedOn
)
{
    /// <summary>Of what the penalties files said: without one nothing is proven.</summary>
    public string Sentence =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{BillsInWindows:N0} bill{(BillsInWindows == 1 ? "" : "s")} in the windows, {Penalised:N0} penalised"
        )
        + (ToReverse > 0 ? string.Create(CultureInfo.InvariantCulture, $"; {ToReverse:N0} to be reversed") : "")
        + (Penalties == 0 ? "; no penalties file has named a bill that is known" : "");
}

/// <summary>Adds up what the accounts say of waivers and penalties.</summary>
public sealed class ProtectionTally
{
    private int bills;
    private int penalised;
    private int everCharged;
    private int penalties;
    private int standing;
    private int toReverse;
    private Money toReverseCents;
    private DateOnly? last;

    public ProtectionProof Proof =>
        new(bills, penalised, everCharged, penalties, standing, toReverse, toReverseCents.Cents, last);

    /// <param name="wrong">Its penalties that are to be reversed.</param>
    public void Add(AccountLedger ledger, Controls controls, IReadOnlyCollection<WrongPenalty> wrong)
    {
        foreach (
            var bill in ledger.Bills.Where(bill =>
                bill.Id is { IsPart: false, IsPrevious: false } && controls.IsPenaltyWaived(bill)
            )
        )
        {
            var charged = ledger.Penalties.Where(penalty => penalty.Bill == bill.Id).ToList();
            bills++;
            everCharged += charged.Count > 0 ? 1 : 0;
            penalised += charged.Exists(penalty => penalty.ReversedOn is null) ? 1 : 0;
        }

        penalties += ledger.Penalties.Count;
        standing += ledger.Penalties.Count(penalty => penalty.ReversedOn is null);
        toReverse += wrong.Count;
        toReverseCents += wrong.Sum(it => it.Penalty.Amount);
        last = ledger.Penalties.Select(penalty => (DateOnly?)penalty.ChargedOn).Append(last).Max();
    }

    /// <summary>The account's penalties that stand and were not to be charged on their day, or are not to stand
    /// now.</summary>
    public static IReadOnlyList<WrongPenalty> WrongOf(
        AccountLedger ledger,
        Controls controls,
        CityCalendar city,
        IReadOnlyList<Debit> archived
    ) =>
        [
            .. from penalty in ledger.Penalties
            where penalty.ReversedOn is null && ledger.FindBill(penalty.Bill) is not null
            let bill = new ProtectedBill(ledger, ledger.BillOf(penalty.Bill), controls, city, archived)
            let answer = PenaltyAnswer.OfWhole(bill, penalty.ChargedOn)
            where answer.Verdict != PenaltyVerdict.Assess
            select new WrongPenalty(ledger.Id, penalty, answer),
        ];
}
