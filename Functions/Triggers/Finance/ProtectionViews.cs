using Autopay.Application.Finance;
using Autopay.Hosting;
using Autopay.Imports;
using Microsoft.AspNetCore.Mvc;

namespace Autopay.Triggers.Finance;

/// <summary>Protections as the HTTP interface and the files show them; amounts are cents, in files dollars.</summary>
internal static class ProtectionViews
{
    private static readonly string[] WaivedHeader =
    [
        "account",
        "bill",
        "cycle",
        "due_date",
        "penalty_date",
        "charges",
        "open",
        "waivers",
        "penalty_charged",
    ];

    private static readonly string[] ShieldedHeader =
    [
        "account",
        "on",
        "shields",
        "overdue_bills",
        "overdue",
        "earliest_on",
    ];

    private static readonly string[] ToReverseHeader =
    [
        "penalty",
        "account",
        "bill",
        "amount",
        "charged_on",
        "verdict",
        "reason",
        "earliest_on",
    ];

    public static object Of(BillPenalty it) =>
        new
        {
            bill = it.Answer.Bill.Id,
            it.Account,
            it.Answer.Bill.Cycle,
            it.Answer.Bill.DueDate,
            it.Answer.Bill.PenaltyDate,
            it.Answer.On,
            it.Answer.Verdict,
            rule = PenaltyAnswer.Rule,
            it.Answer.Reason,
            waivers = it.Answer.Waivers.Select(ToView),
            payments = it.Answer.Payments.Select(money => ToView(money, it.Answer.Clock)),
            inTimeCents = it.Answer.InTime.Cents,
            openCents = it.Answer.Open.Cents,
            it.Answer.City,
            countsFrom = it.Answer.Clock?.From,
            inTimeThrough = it.Answer.Clock?.PenaltyDate,
            it.Answer.EarliestOn,
            charged = it.Charged.Select(ToView),
        };

    public static object Of(DisconnectAnswer it) =>
        new
        {
            it.Account,
            it.On,
            it.Verdict,
            rule = DisconnectAnswer.Rule,
            shields = it.Shields.Select(ToView),
            overdueCents = it.OverdueCents.Cents,
            it.EarliestOn,
            bills = it.Overdue.Select(overdue => new
            {
                bill = overdue.Bill.Id,
                overdue.Bill.Cycle,
                overdue.Bill.DueDate,
                openCents = overdue.Open.Cents,
                overdue.City,
                overdue.CountsFrom,
                daysOverdue = overdue.DaysOverdue(it.On),
                overdue.EarliestOn,
            }),
        };

    public static object Of(ProtectionReport it) =>
        new
        {
            it.AsOf,
            it.Proof.Sentence,
            it.Proof.BillsInWindows,
            it.Proof.Penalised,
            it.Proof.EverCharged,
            it.Proof.Penalties,
            it.Proof.Standing,
            it.Proof.ToReverse,
            it.Proof.ToReverseCents,
            it.Proof.LastChargedOn,
        };

    public static IActionResult Waived(bool isCsv, IAsyncEnumerable<IReadOnlyList<WaivedBill>> pages) =>
        new StreamedRows<WaivedBill>(isCsv, WaivedHeader, pages, ToRow, ToView);

    public static IActionResult Shielded(bool isCsv, IAsyncEnumerable<IReadOnlyList<DisconnectAnswer>> pages) =>
        new StreamedRows<DisconnectAnswer>(isCsv, ShieldedHeader, pages, ToRow, Of);

    public static IActionResult ToReverse(bool isCsv, IAsyncEnumerable<IReadOnlyList<WrongPenalty>> pages) =>
        new StreamedRows<WrongPenalty>(isCsv, ToReverseHeader, pages, ToRow, ToView);

    private static IReadOnlyList<object?> ToRow(WaivedBill it) =>
        [
            it.Account.Value,
            it.Bill.Id.Value,
            it.Bill.Cycle.Value,
            it.Bill.DueDate,
            it.Bill.PenaltyDate,
            CsvText.Dollars(it.Charges.Cents),
            CsvText.Dollars(it.Open.Cents),
            string.Join("; ", it.Waivers.Select(waiver => waiver.Id)),
            CsvText.Dollars(StandingCents(it)),
        ];

    private static IReadOnlyList<object?> ToRow(DisconnectAnswer it) =>
        [
            it.Account.Value,
            it.On,
            string.Join("; ", it.Shields.Select(shield => shield.Id)),
            it.Overdue.Count,
            CsvText.Dollars(it.OverdueCents.Cents),
            it.EarliestOn,
        ];

    private static IReadOnlyList<object?> ToRow(WrongPenalty it) =>
        [
            it.Penalty.Id,
            it.Account.Value,
            it.Penalty.Bill.Value,
            CsvText.Dollars(it.Penalty.Amount.Cents),
            it.Penalty.ChargedOn,
            it.Answer.Verdict,
            it.Answer.Reason,
            it.Answer.EarliestOn,
        ];

    private static object ToView(WaivedBill it) =>
        new
        {
            it.Account,
            bill = it.Bill.Id,
            it.Bill.Cycle,
            it.Bill.DueDate,
            it.Bill.PenaltyDate,
            chargesCents = it.Charges.Cents,
            openCents = it.Open.Cents,
            waivers = it.Waivers.Select(waiver => waiver.Id),
            penaltyCents = StandingCents(it),
        };

    private static object ToView(WrongPenalty it) =>
        new
        {
            penalty = it.Penalty.Id,
            it.Account,
            it.Penalty.Bill,
            cents = it.Penalty.Amount.Cents,
            it.Penalty.ChargedOn,
            it.Answer.Verdict,
            it.Answer.Reason,
            it.Answer.EarliestOn,
        };

    private static object ToView(PenaltyWaiver it) =>
        new
        {
            it.Id,
            it.Reason,
            it.Cycles,
            it.DueFrom,
            it.DueTo,
            it.PenaltyFrom,
            it.PenaltyTo,
        };

    private static object ToView(DisconnectShield it) =>
        new
        {
            it.Id,
            it.Reason,
            it.Cycles,
            it.Dates,
        };

    private static object ToView(ReceivedMoney it, PenaltyClock? clock) =>
        new
        {
            it.Id,
            it.Channel,
            it.ReceivedOn,
            it.PostedOn,
            cents = it.Amount.Cents,
            inTime = it.IsBy(clock?.PenaltyDate),
        };

    private static object ToView(ChargedPenalty it) =>
        new
        {
            it.Id,
            cents = it.Amount.Cents,
            it.ChargedOn,
            it.ReversedOn,
        };

    private static long StandingCents(WaivedBill it) =>
        it.Charged.Where(penalty => penalty.ReversedOn is null).Sum(penalty => penalty.Amount).Cents;
}
