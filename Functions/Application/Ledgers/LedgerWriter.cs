using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Messages;
using Autopay.Application.Telemetry;

namespace Autopay.Application.Ledgers;

/// <summary>Commands for one account, decided and saved as one operation.</summary>
public sealed record AccountWork(LedgerEntry Entry, IReadOnlyList<Func<Moment, LedgerCommand>> Commands)
{
    /// <summary>Where an account's commands have a reason of their own; null: that of the write.</summary>
    public Authority? Authority { get; init; }

    /// <summary>The version of the ledger that the person saw: of another one nothing is changed. Null: of any.
    /// </summary>
    public long? ExpectedVersion { get; init; }
}

/// <summary>What became of an account's commands.</summary>
/// <param name="Entry">The ledger as it now is in the store.</param>
/// <param name="Commands">In the order of the commands: how each one ended.</param>
public sealed record AccountResult(
    LedgerEntry Entry,
    IReadOnlyList<LedgerEvent> Events,
    IReadOnlyList<CommandResult> Commands
);

/// <summary>
/// How a command ended: the number of events that followed from it, or why the rules refused it (then nothing changed).
/// </summary>
public readonly record struct CommandResult(int Events, string? Refusal)
{
    /// <summary>
    /// Bills that the command's import opened again after their due date, and what is open on them: blocked until
    /// finance re-arms them (R5).
    /// </summary>
    public int OpenedAgain { get; init; }

    public Money OpenedAgainTotal { get; init; }

    /// <summary>Its bill looks like another one: which, and that it waits for a person (R41).</summary>
    public string? LooksLike { get; init; }

    /// <summary>Refused because what it names has not come yet (R33).</summary>
    public bool IsEarly { get; init; }

    /// <summary>It changed nothing and waits for a person's word, for this reason (R29, R31).</summary>
    public string? ForAPerson { get; init; }
}

/// <summary>What all accounts of one write share.</summary>
/// <param name="DueFrom">The bucket's stored earliest look while the caller holds its lease: later looks need no
/// lowering.</param>
public sealed record WriteScope(Bucket Bucket, Controls Controls, Authority Authority, DateTimeOffset? DueFrom = null)
{
    /// <summary>
    /// Whether the caller surely keeps every other walk of the bucket away at this moment. Who changes the controls
    /// meanwhile asks for a complete walk, and that one comes after it.
    /// </summary>
    public Func<bool> IsAlone { get; init; } = () => false;

    /// <summary>What a walk saves are steps of a debit on its way: their history may wait for the next one.</summary>
    public bool IsWalk { get; init; }

    /// <summary>
    /// The caller comes back to the accounts that it saves now. While it is alone, the look of one with a charge in
    /// hand need not move: a walk that is cut leaves its bucket awake, and the next one meets all that is in hand.
    /// </summary>
    public bool ComesBack { get; init; }

    /// <summary>Whether a save that leaves this ledger may leave its look where it is.</summary>
    public bool KeepsLook(AccountLedger ledger) => ComesBack && ledger.HasChargeInHand() && IsAlone();
}

/// <summary>
/// Load, decide, save: decides each account by itself, saves a bucket's accounts together, and decides again for those
/// that somebody else changed.
/// </summary>
public sealed class LedgerWriter(
    ILedgerStore ledgers,
    IBucketScheduleStore schedules,
    IControlsStore controlsStore,
    CityClock clock,
    ProcessingOptions options,
    IWorkQueue? queue = null
)
{
    private const int Tries = 12;

    /// <summary>Results in the order of the work.</summary>
    /// <exception cref="InvalidOperationException">An account stays contended.</exception>
    /// <exception cref="OtherVersionException">An account is of another version than was seen; in a write of its own
    /// nothing changed.</exception>
    public async Task<IReadOnlyList<AccountResult>> WriteAsync(
        WriteScope scope,
        IReadOnlyList<AccountWork> work,
        CancellationToken cancel
    )
    {
        var results = new AccountResult?[work.Count];
        var open = work.Select((item, index) => new OpenWork(index, item, [])).ToList();
        for (var tries = 0; open.Count > 0; tries++)
        {
            if (tries == Tries)
            {
                throw new InvalidOperationException($"{open.Count} accounts of bucket {scope.Bucket} stay contended.");
            }

            open = await TryAsync(scope, open, results, cancel);
        }

        await AskToSendAsync(scope.Bucket, results!, cancel);
        return await LookAgainAsync(scope, work, results!, cancel);
    }

    // Only a hint: what is saved waits, and the sweep asks for it too.
    private async Task AskToSendAsync(Bucket bucket, IReadOnlyList<AccountResult> results, CancellationToken cancel)
    {
        var isAsked = results.Any(result =>
            result.Events.Any(happened => happened is NoticeAsked)
            && result.Entry.Ledger.PendingNotices().Any(notice => !notice.ByLetter)
        );
        if (queue is not null && isAsked)
        {
            await queue.TryEnqueueAsync(new NoticeMessage(bucket.Number), cancel);
        }
    }

    // A save that was decided under controls which have changed since may come after the walk that the change asked
    // for: what it left unsent is looked at again, or nobody would ever release it. A walk that still keeps others away
    // comes before that one.
    private async Task<IReadOnlyList<AccountResult>> LookAgainAsync(
        WriteScope scope,
        IReadOnlyList<AccountWork> work,
        IReadOnlyList<AccountResult> results,
        CancellationToken cancel
    )
    {
        var saved = results
            .Zip(work)
            .Where(item => item.First.Entry.Tag != item.Second.Entry.Tag && item.First.Entry.Ledger.IsActive)
            .Select(item => item.First.Entry)
            .ToList();
        if (
            saved.Count == 0
            || scope.IsAlone()
            || (await controlsStore.LoadAsync(cancel)).Controls.Version == scope.Controls.Version
        )
        {
            return results;
        }

        var look = NextEvaluation.AtOnce(clock.Now.Utc);
        await schedules.BringForwardAsync(scope.Bucket, look, cancel);
        var looks = saved
            .Where(entry => !(entry.NextEvaluation <= look))
            .Select(entry => new LedgerSave(entry, [], entry.Ledger, look, OperationId.New(), scope.Authority))
            .ToList();
        var again = (await ledgers.SaveAsync(scope.Bucket, looks, cancel))
            .Select(result => result.Entry)
            .OfType<LedgerEntry>()
            .ToDictionary(entry => entry.Ledger.Id);
        return
        [
            .. results.Select(result =>
                result with
                {
                    Entry = again.GetValueOrDefault(result.Entry.Ledger.Id, result.Entry),
                }
            ),
        ];
    }

    private async Task<List<OpenWork>> TryAsync(
        WriteScope scope,
        List<OpenWork> open,
        AccountResult?[] results,
        CancellationToken cancel
    )
    {
        foreach (var item in open)
        {
            OtherVersionException.ThrowFor(item.Work);
        }

        var decisions = open.Select(item => (Open: item, Decision: LedgerDecision.Of(item, scope, clock, options)))
            .ToList();
        foreach (var (item, decision) in decisions.Where(item => item.Decision.Save is null))
        {
            results[item.Index] = new AccountResult(item.Work.Entry, [], decision.Results);
        }

        var writes = decisions.Where(item => item.Decision.Save is not null).ToList();
        await BringScheduleForwardAsync(scope, [.. writes.Select(item => item.Decision.Save!)], cancel);
        var saved = await ledgers.SaveAsync(scope.Bucket, [.. writes.Select(item => item.Decision.Save!)], cancel);
        List<OpenWork> again = [];
        foreach (var ((item, decision), result) in writes.Zip(saved))
        {
            if (result.Entry is { } entry)
            {
                Metering.Saved(decision.Save!.After, decision.Save.Events);
                results[item.Index] = new AccountResult(entry, decision.Save.Events, decision.Results);
            }
            else
            {
                again.Add(item with { Stored = [.. item.Stored, .. decision.CommandsOf(result.Stored ?? [])] });
            }
        }

        return await ReloadAsync(scope.Bucket, again, cancel);
    }

    // A look that moves later needs nothing: the bucket is awake early enough already.
    private async Task BringScheduleForwardAsync(
        WriteScope scope,
        IReadOnlyList<LedgerSave> saves,
        CancellationToken cancel
    )
    {
        var earlier = saves.Where(save =>
            save.NextEvaluation is { } look && !(look >= save.Before.NextEvaluation) && !(look >= scope.DueFrom)
        );
        if (earlier.Min(save => save.NextEvaluation) is { } earliest)
        {
            await schedules.BringForwardAsync(scope.Bucket, earliest, cancel);
        }
    }

    private async Task<List<OpenWork>> ReloadAsync(Bucket bucket, List<OpenWork> again, CancellationToken cancel)
    {
        if (again.Count == 0)
        {
            return [];
        }

        var fresh = (
            await ledgers.LoadManyAsync(bucket, [.. again.Select(item => item.Work.Entry.Ledger.Id)], cancel)
        ).ToDictionary(entry => entry.Ledger.Id);
        return
        [
            .. again.Select(item =>
                item with
                {
                    Work = item.Work with
                    {
                        Entry = fresh.GetValueOrDefault(item.Work.Entry.Ledger.Id, item.Work.Entry),
                    },
                }
            ),
        ];
    }
}
