using Autopay.Application.Ports.Books;

namespace Autopay.Application.Ledgers;

/// <summary>What somebody else has changed since a person looked.</summary>
/// <param name="Name">For reading only, where the directory told one.</param>
/// <param name="What">The kinds of change, as the audit and the story name them.</param>
/// <param name="At">UTC.</param>
public sealed record MeanwhileChange(string Who, string? Name, string What, string Why, DateTimeOffset At)
{
    public static MeanwhileChange Of(ControlsHistoryRow row) => Of(row.Authority, row.Change.Name);

    public static MeanwhileChange Of(HistoryRow row) =>
        Of(row.Authority, string.Join(", ", row.Events.Select(happened => EventFacts.Of(happened).Kind).Distinct()));

    private static MeanwhileChange Of(Authority by, string what) => new(by.By, by.Name, what, by.Why, by.At);
}

/// <summary>The controls, or an account, are not what the person saw any more; nothing was changed.</summary>
/// <param name="version">The one that they are now.</param>
/// <param name="changes">What was changed since the one that the person saw, oldest first.</param>
public sealed class ChangedMeanwhileException(string what, long version, IReadOnlyList<MeanwhileChange> changes)
    : RefusedException($"{what} not what you saw: somebody has changed them. Look and try again.")
{
    public long Version => version;

    public IReadOnlyList<MeanwhileChange> Changes => changes;

    /// <param name="seen">The version that the person saw.</param>
    public static async Task<ChangedMeanwhileException> OfControlsAsync(
        IControlsStore store,
        long seen,
        long version,
        CancellationToken cancel
    )
    {
        var changes = store.ReadHistoryAsync(cancel).Where(row => row.Version > seen && row.Version <= version);
        return new("The city's controls are", version, await changes.Select(MeanwhileChange.Of).ToListAsync(cancel));
    }

    /// <summary>The changes are those of the account's story.</summary>
    public static async Task<ChangedMeanwhileException> OfAccountAsync(
        ILedgerStore ledgers,
        OtherVersionException other,
        CancellationToken cancel
    )
    {
        var changes = ledgers
            .ReadHistoryAsync(other.Account, cancel)
            .Where(row => row.Sequence > other.Expected && row.Sequence <= other.Version);
        return new(
            $"The books of account {other.Account} are",
            other.Version,
            await changes.Select(MeanwhileChange.Of).ToListAsync(cancel)
        );
    }
}

/// <summary>A ledger is of another version than was seen.</summary>
public sealed class OtherVersionException(AccountId account, long expected, long version)
    : RefusedException($"Account {account} is of version {version}, not {expected}.")
{
    public AccountId Account => account;

    public long Expected => expected;

    public long Version => version;

    /// <exception cref="OtherVersionException">The ledger as it was read is not what the person saw.</exception>
    public static void ThrowFor(AccountWork work)
    {
        if (work.ExpectedVersion is { } expected && work.Entry.Ledger.Operations is var version && version != expected)
        {
            throw new OtherVersionException(work.Entry.Ledger.Id, expected, version);
        }
    }
}
