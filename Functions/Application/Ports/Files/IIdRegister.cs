namespace Autopay.Application.Ports.Files;

/// <summary>What is known under one id over the whole city.</summary>
public enum IdKind
{
    /// <summary>An account's id without leading zeros, case and blanks (R30).</summary>
    Account,

    /// <summary>A bill's id (R29).</summary>
    Bill,

    /// <summary>A back payment's id (R13, R29).</summary>
    Payment,
}

/// <summary>An account says that an id is its own.</summary>
public readonly record struct IdClaim(string Id, AccountId Account);

/// <summary>
/// Which account an id belongs to, over the whole city. Whoever claims it first has it. Ids are claimed by the file,
/// many in one request, and never looked up row by row; only a person who looks for one id does.
/// </summary>
public interface IIdRegister
{
    /// <summary>Claims what nobody has; claiming again is harmless.</summary>
    /// <returns>The ids that another account has, and which.</returns>
    Task<IReadOnlyDictionary<string, AccountId>> ClaimAsync(
        IdKind kind,
        IReadOnlyCollection<IdClaim> claims,
        CancellationToken cancel
    );

    /// <returns>Null when nobody has claimed it. A file that was set aside may have claimed an id and brought
    /// nothing.</returns>
    Task<AccountId?> FindAsync(IdKind kind, string id, CancellationToken cancel);

    /// <summary>Every account that has an id of this kind, as often as it has one.</summary>
    IAsyncEnumerable<AccountId> ReadOwnersAsync(IdKind kind, CancellationToken cancel);

    /// <summary>The id is the account's from now on: its first owner is not ours, or a person moved it.</summary>
    Task MoveAsync(IdKind kind, IdClaim to, CancellationToken cancel);
}
