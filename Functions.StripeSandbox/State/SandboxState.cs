using Autopay.StripeSandbox.Resources;

namespace Autopay.StripeSandbox.State;

/// <summary>
/// Everything the sandbox knows. <see cref="Step{T}"/> is the only way to change it: one at a time, and written to the
/// journal as a whole.
/// </summary>
internal sealed class SandboxState : IChangeLog, IDisposable
{
    private readonly Lock gate = new();
    private readonly Journal journal;

    public SandboxState(string? dataFile)
    {
        Intents = new("payment_intents", this, intent => intent.Customer);
        Charges = new("charges", this, charge => charge.PaymentIntent);
        Refunds = new("refunds", this, refund => refund.Charge);
        Disputes = new("disputes", this, dispute => dispute.Charge);
        Events = new("events", this);
        Customers = new("customers", this);
        PaymentMethods = new("payment_methods", this, method => method.Customer);
        Mandates = new("mandates", this);
        BalanceTransactions = new("balance_transactions", this);
        Payouts = new("payouts", this);
        PayoutLines = new("payout_lines", this);
        Tasks = new("bank_tasks", this);
        Answers = new("idempotency_keys", this);
        TestBanks = new("test_banks", this);
        MandatesInUse = new("mandates_in_use", this);
        Detached = new("detached_methods", this);
        Clock = new("clock", this);
        Deliveries = new("deliveries", this, delivery => delivery.Event);
        ITable[] tables =
        [
            Intents,
            Charges,
            Refunds,
            Disputes,
            Events,
            Customers,
            PaymentMethods,
            Mandates,
            BalanceTransactions,
            Payouts,
            PayoutLines,
            Tasks,
            Answers,
            TestBanks,
            MandatesInUse,
            Detached,
            Clock,
            Deliveries,
        ];
        journal = new Journal(dataFile, tables.ToDictionary(table => table.Name, StringComparer.Ordinal));
    }

    public Table<PaymentIntent> Intents { get; }
    public Table<Charge> Charges { get; }
    public Table<Refund> Refunds { get; }
    public Table<Dispute> Disputes { get; }
    public Table<StripeEvent> Events { get; }
    public Table<Customer> Customers { get; }
    public Table<PaymentMethod> PaymentMethods { get; }
    public Table<Mandate> Mandates { get; }
    public Table<BalanceTransaction> BalanceTransactions { get; }
    public Table<Payout> Payouts { get; }
    public Table<PayoutLine> PayoutLines { get; }
    public Table<BankTask> Tasks { get; }
    public Table<StoredAnswer> Answers { get; }
    public Table<TestBank> TestBanks { get; }
    public Table<MandateInUse> MandatesInUse { get; }
    public Table<DetachedMethod> Detached { get; }
    public Table<ClockSetting> Clock { get; }
    public Table<Delivery> Deliveries { get; }

    /// <summary>The call that is being answered; events name it. Null while the bank acts by itself.</summary>
    public EventRequest? CurrentRequest { get; private set; }

    public T Step<T>(EventRequest? request, Func<T> work)
    {
        lock (gate)
        {
            var outer = CurrentRequest;
            CurrentRequest = request;
            try
            {
                return work();
            }
            finally
            {
                CurrentRequest = outer;
                journal.Commit();
            }
        }
    }

    void IChangeLog.Changed(string table, IRow row) => journal.Changed(table, row);

    public void Dispose() => journal.Dispose();
}
