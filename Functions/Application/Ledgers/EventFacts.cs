using System.Reflection;

namespace Autopay.Application.Ledgers;

/// <summary>What an event names: for lists, filters and other languages than that of its sentence.</summary>
/// <param name="Kind">Its stored name: <c>billOpened</c>.</param>
/// <param name="Cents">The amount that it is about; signed.</param>
/// <param name="Code">The bank's return code, or what the provider calls it.</param>
/// <param name="Deferral">The first of those that hold a debit.</param>
public sealed record EventFacts(
    string Kind,
    long? Cents,
    BillId? Bill,
    DebitId? Debit,
    PaymentId? Payment,
    string? Code,
    DeferralId? Deferral
)
{
    /// <summary>Read from what the event has: one more event needs nothing here.</summary>
    public static EventFacts Of(LedgerEvent happened)
    {
        var facts = new EventFacts(NameOf(happened.GetType()), null, null, null, null, null, null);
        return happened
            .GetType()
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .OrderBy(property => property.MetadataToken)
            .Aggregate(facts, (known, property) => known.With(property.Name, property.GetValue(happened)));
    }

    private static string NameOf(Type type) => char.ToLowerInvariant(type.Name[0]) + type.Name[1..];

    // What an event says itself goes before what is said of a part of it; the first of each counts.
    private EventFacts With(string name, object? value) =>
        value switch
        {
            Money cents => this with { Cents = Cents ?? cents.Cents },
            BillId bill => this with { Bill = Bill ?? bill },
            DebitId debit => this with { Debit = Debit ?? debit },
            PaymentId payment => this with { Payment = Payment ?? payment },
            DeferralId deferral => this with { Deferral = Deferral ?? deferral },
            IReadOnlyList<DeferralId> { Count: > 0 } deferrals => this with { Deferral = Deferral ?? deferrals[0] },
            string code when name == "Code" => this with { Code = code },
            Bill bill => With("", bill.Id).With("", bill.Charges),
            Funds funds => With("", funds.Id).With("", funds.Amount).With("", funds.NamedBill),
            Debit debit => With("", debit.Id).With("", debit.Lines is [var only] ? only.Bill : null),
            Attempt attempt => With("", attempt.Debit).With("", attempt.Amount),
            Refund refund => With("", refund.Debit).With("", refund.Amount),
            ReleaseGrant grant => With("", grant.Amount),
            Correction correction => With("", correction.Bill).With("", correction.Payment),
            _ => this,
        };
}
