namespace Autopay.Application.Ports;

/// <summary>A payment for an account that we do not know: counted, listed, assigned later by a person (R13).</summary>
public sealed record SuspendedPayment(Funds Payment, string NamedAccount, string ImportId, int Line, DateTimeOffset Since)
{
    public AccountId? AssignedTo { get; init; }

    public Authority? AssignedBy { get; init; }
}

public interface ISuspenseStore
{
    /// <summary>Idempotent by payment id and named account.</summary>
    Task PutAsync(SuspendedPayment payment, CancellationToken cancel);

    IAsyncEnumerable<SuspendedPayment> ReadAllAsync(CancellationToken cancel);

    /// <summary>Marks it assigned; it stays as history. False when it is another account's already.</summary>
    Task<bool> TryAssignAsync(SuspendedPayment payment, CancellationToken cancel);

    /// <summary>That account's ledger refused it: it is nobody's again.</summary>
    Task TakeBackAsync(SuspendedPayment payment, CancellationToken cancel);
}
