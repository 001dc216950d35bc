using System.Globalization;

namespace Autopay.Tests.App.Storage;

/// <summary>Ledgers with a past, made without the rules: rows keep whatever a ledger has.</summary>
internal static class PastPlay
{
    private static readonly DateOnly Day = new(2020, 1, 22);

    /// <summary>A bill, its debit and a payment that is used up, of each number, all of them closed.</summary>
    public static AccountLedger Closed(AccountLedger ledger, int from, int to) =>
        Enumerable
            .Range(from, to - from + 1)
            .Aggregate(
                ledger,
                (it, number) =>
                    it with
                    {
                        Bills = [.. it.Bills, Paid(BillOf(number))],
                        Debits = [.. it.Debits, End(DebitOf(it.Id, number))],
                        Funds = [.. it.Funds, Use(FundsOf(number))],
                        NextDebit = number + 1,
                    }
            );

    public static AccountLedger Opened(AccountLedger ledger, int number) =>
        ledger with
        {
            Bills = [.. ledger.Bills, BillOf(number)],
            Debits = [.. ledger.Debits, DebitOf(ledger.Id, number)],
            Funds = [.. ledger.Funds, FundsOf(number)],
            NextDebit = number + 1,
        };

    /// <summary>Some of what can happen to the lists of a ledger, most often that something closes.</summary>
    public static AccountLedger Change(AccountLedger ledger, Random random) =>
        random.Next(8) switch
        {
            0 or 1 or 2 => Opened(ledger, ledger.NextDebit),
            3 or 4 => ledger with
            {
                Bills = [.. ledger.Bills.Select(Paid)],
                Debits = [.. ledger.Debits.Select(End)],
                Funds = [.. ledger.Funds.Select(Use)],
            },
            5 => ledger with
            {
                Bills = [.. ledger.Bills.Select(bill => Is(random, 8) ? bill with { Collected = Money.Zero } : bill)],
                Debits =
                [
                    .. ledger.Debits.Select(it => Is(random, 8) ? it with { State = DebitState.NeedsReview } : it),
                ],
            },
            6 => ledger with { Debits = [.. ledger.Debits.Where(_ => !Is(random, 4))] },
            _ => WithoutOldest(ledger, random.Next(3)),
        };

    private static AccountLedger WithoutOldest(AccountLedger ledger, int bills)
    {
        var gone = ledger.Bills.Take(bills).Select(bill => bill.Id).ToHashSet();
        return ledger with
        {
            Bills = [.. ledger.Bills.Where(bill => !gone.Contains(bill.Id))],
            Debits = [.. ledger.Debits.Where(debit => !debit.Lines.Any(line => gone.Contains(line.Bill)))],
            Funds = [.. ledger.Funds.Skip(bills)],
        };
    }

    private static bool Is(Random random, int oneIn) => random.Next(oneIn) == 0;

    private static Bill Paid(Bill bill) => bill.Open.IsZero ? bill : bill with { Collected = bill.Charges };

    private static Debit End(Debit debit) =>
        debit.IsTerminal ? debit : debit with { State = DebitState.Collected, ClosedOn = Day };

    private static Funds Use(Funds funds) =>
        funds.Left.IsZero ? funds : funds with { Applied = [new AttemptLine(new BillId("B-0001"), funds.Amount)] };

    private static Bill BillOf(int number) =>
        new()
        {
            Id = new BillId(Named("B", number)),
            Cycle = new CycleNumber(1),
            BillDate = Day.AddDays(number - 14),
            DueDate = Day.AddDays(number),
            PenaltyDate = Day.AddDays(number + 8),
            CurrentCharges = new Money(4_000 + number),
            PreviousBalance = Money.Zero,
            TotalDue = new Money(4_000 + number),
        };

    private static Debit DebitOf(AccountId account, int number) =>
        new()
        {
            Id = new DebitId(account, 1, number),
            DueDate = Day.AddDays(number),
            Lines = [new DebitLine { Bill = new BillId(Named("B", number)) }],
            State = DebitState.Scheduled,
            Reason = "Bill imported",
            ScheduledOn = Day.AddDays(number - 14),
        };

    private static Funds FundsOf(int number) =>
        new()
        {
            Id = new PaymentId(Named("P", number)),
            Source = FundsSource.BackPayment,
            Amount = new Money(100 + number),
            ReceivedOn = Day,
            PostedOn = Day,
        };

    private static string Named(string kind, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{kind}-{number:0000}");
}
