using System.Text.Json.Serialization;

namespace Autopay.Application.Ports.Files;

/// <summary>A payment for an account that we do not know: counted, listed, assigned later by a person (R13).</summary>
public sealed record SuspensePayment(
    Funds Payment,
    string NamedAccount,
    string ImportId,
    int Line,
    DateTimeOffset Since
)
{
    public AccountId? AssignedTo { get; init; }

    public Authority? AssignedBy { get; init; }

    /// <summary>
    /// The ledger that it was assigned to has it. Until then it counts as open, and the sweep goes on with it.
    /// </summary>
    public bool IsPosted { get; init; }

    /// <summary>
    /// Who took it back while it was in suspense, and why: a bounced check. It is nobody's money any more.
    /// </summary>
    public Authority? ReversedBy { get; init; }

    /// <summary>Guards the stored row as it was read; null of a payment that was never read.</summary>
    [JsonIgnore]
    public string? Tag { get; init; }

    /// <summary>Whether its money is still to reach an account.</summary>
    [JsonIgnore]
    public bool IsOpen => ReversedBy is null && !IsPosted;

    /// <summary>Assigned, and the account's ledger does not have it yet.</summary>
    [JsonIgnore]
    public bool WaitsForItsLedger => IsOpen && AssignedTo is not null;

    /// <summary>Whether a file speaks of the same money.</summary>
    public bool IsOf(Funds payment) =>
        (Payment.Id, Payment.Amount, Payment.Channel, Payment.ReceivedOn)
        == (payment.Id, payment.Amount, payment.Channel, payment.ReceivedOn);
}

public interface ISuspenseStore
{
    /// <summary>Idempotent by payment id and named account.</summary>
    Task PutAsync(SuspensePayment payment, CancellationToken cancel);

    Task<SuspensePayment?> FindAsync(string namedAccount, PaymentId payment, CancellationToken cancel);

    /// <summary>All of them: who left suspense stays as history.</summary>
    IAsyncEnumerable<SuspensePayment> ReadAllAsync(CancellationToken cancel);

    /// <returns>The payment as it is stored now; null when somebody else changed it since it was read.</returns>
    Task<SuspensePayment?> SaveAsync(SuspensePayment payment, CancellationToken cancel);
}
