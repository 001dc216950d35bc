namespace Autopay.Imports;

/// <summary>A payment reversal as its row has it.</summary>
public sealed record ReversalRow(PaymentId Payment, string Why);

/// <summary>A bill adjustment as its row has it; signed cents.</summary>
public sealed record AdjustmentRow(string Id, BillId Bill, Money Amount, string Why);

/// <summary>A balance as its row has it; cents.</summary>
public sealed record BalanceRow(BillId Bill, Money Open, DateOnly AsOf);

/// <summary>What a row says, so that it can be kept and asked for later; one of these is set.</summary>
public sealed record RowContent
{
    public Enrolment? Enrolment { get; init; }

    /// <summary>What its file has no column for.</summary>
    public EnrolmentParts Unsaid { get; init; }

    public Bill? Bill { get; init; }

    public Funds? Payment { get; init; }

    public ReversalRow? Reversal { get; init; }

    public AdjustmentRow? Adjustment { get; init; }

    public BalanceRow? Balance { get; init; }

    public ChargedPenalty? Penalty { get; init; }

    /// <summary>What names the row within its kind; null of an account, which names itself.</summary>
    public string? RowId =>
        Bill?.Id.Value
        ?? Payment?.Id.Value
        ?? Reversal?.Payment.Value
        ?? Adjustment?.Id
        ?? Balance?.Bill.Value
        ?? Penalty?.Id;

    public static RowContent Of(ImportRow row) =>
        row.ToCommand(default) switch
        {
            Enrol asked => new RowContent { Enrolment = asked.Enrolment, Unsaid = asked.Unsaid },
            ImportBill asked => new RowContent { Bill = asked.Bill },
            PostBackPayment asked => new RowContent { Payment = asked.Payment },
            ReversePayment asked => new RowContent { Reversal = new ReversalRow(asked.Payment, asked.Why) },
            AdjustBill asked => new RowContent
            {
                Adjustment = new AdjustmentRow(asked.AdjustmentId, asked.Bill, asked.Amount, asked.Why),
            },
            CompareBalance asked => new RowContent { Balance = new BalanceRow(asked.Bill, asked.Open, asked.AsOf) },
            RecordPenalty asked => new RowContent { Penalty = asked.Penalty },
            var asked => throw new InvalidOperationException($"No row asks for {asked.GetType().Name}."),
        };

    /// <summary>What the row asks of its account's ledger, as if it came now.</summary>
    /// <exception cref="InvalidOperationException">Nothing is set.</exception>
    public LedgerCommand ToCommand(Moment now) =>
        this switch
        {
            { Enrolment: { } enrolment } => new Enrol(enrolment, now) { Unsaid = Unsaid },
            { Bill: { } bill } => new ImportBill(bill, now),
            { Payment: { } payment } => new PostBackPayment(payment with { PostedOn = now.Today }, now),
            { Reversal: { } reversal } => new ReversePayment(reversal.Payment, reversal.Why, now),
            { Adjustment: { } asked } => new AdjustBill(asked.Id, asked.Bill, asked.Amount, asked.Why, now),
            { Balance: { } balance } => new CompareBalance(balance.Bill, balance.Open, balance.AsOf, now),
            { Penalty: { } penalty } => new RecordPenalty(penalty, now),
            _ => throw new InvalidOperationException("The row says nothing."),
        };

    /// <summary>The row in words, for a person; the same content gives the same words.</summary>
    public string ToText() =>
        this switch
        {
            { Enrolment: { } it } =>
                $"cycle {it.Cycle}, autopay {(it.Autopay ? "on" : "off")}, customer {it.Customer}, "
                    + $"payment method {it.PaymentMethod}",
            { Bill: { } bill } => Versions.Of(bill),
            { Payment: { } payment } => Versions.Of(payment),
            { Reversal: { } reversal } => $"reversal of payment {reversal.Payment}: {reversal.Why}",
            { Adjustment: { } asked } => $"adjustment {asked.Id} of {asked.Amount} on bill {asked.Bill}: {asked.Why}",
            { Balance: { } balance } => $"{balance.Open} open on bill {balance.Bill} as of {balance.AsOf:yyyy-MM-dd}",
            { Penalty: { } it } => $"penalty {it.Id} of {it.Amount} on bill {it.Bill}, {it.ChargedOn:yyyy-MM-dd}",
            _ => "",
        };
}
