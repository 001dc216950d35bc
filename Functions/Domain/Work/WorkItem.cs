namespace Autopay.Domain.Work;

/// <summary>One thing that waits for a person.</summary>
/// <param name="Id">What it is about: a bill, debit, payment or deferral; unique by kind and account.</param>
/// <param name="Cents">The money that it is about; null where only reading every ledger would tell.</param>
/// <param name="Reason">For a person, in plain words.</param>
/// <param name="Since">Civil day. It stays for as long as the item waits.</param>
public sealed record WorkItem(WorkKind Kind, string Id, Money? Cents, string Reason, DateOnly Since)
{
    private static readonly IReadOnlyList<CycleNumber> NoCycles = [];

    public AccountId? Account { get; init; }

    public BillId? Bill { get; init; }

    public DebitId? Debit { get; init; }

    public PaymentId? Payment { get; init; }

    public DeferralId? Deferral { get; init; }

    /// <summary>The import that opened the bill again after its due date (R5).</summary>
    public string? Import { get; init; }

    /// <summary>The bill's own due date.</summary>
    public DateOnly? DueDate { get; init; }

    /// <summary>What our books lack of the bill's previous balance and a person may accept, cents (R46).</summary>
    public Money? Lacking { get; init; }

    /// <summary>The cycles of its bills, lowest first.</summary>
    public IReadOnlyList<CycleNumber> Cycles { get; init; } = NoCycles;

    /// <summary>The clear that a payment contradicts; null of everything else.</summary>
    public LateReceipt? Late { get; init; }

    /// <summary>The account is suspended or frozen besides: nothing is collected before that is lifted.</summary>
    public bool IsSuspended { get; init; }

    /// <summary>Whether two lists say the same, item by item.</summary>
    public static bool AreSame(IReadOnlyList<WorkItem> one, IReadOnlyList<WorkItem> other) =>
        one.Count == other.Count && one.Zip(other).All(pair => IsSame(pair.First, pair.Second));

    // Lists compare by reference: everything else first, then the cycles.
    private static bool IsSame(WorkItem one, WorkItem other) =>
        one with { Cycles = NoCycles } == other with { Cycles = NoCycles } && one.Cycles.SequenceEqual(other.Cycles);
}
