using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;

namespace Autopay.Application;

/// <summary>Whose turn a request is.</summary>
/// <param name="Operation">Done: by an earlier request, with its answer. Else the caller does it now.</param>
/// <param name="IsAgain">An earlier request has begun it and never told how it ended.</param>
public sealed record OperationTurn(RecordedOperation Operation, bool IsAgain);

/// <summary>
/// A change that is asked for under an operation's id is written down before it is made and recorded after it. Whoever
/// dies in between leaves one that is begun, never one that is recorded and was not made: the traces in the books tell,
/// and where there are none it is made again, which every change allows.
/// </summary>
public sealed class DoOnce(IOperationStore store, OperationTraces traces, CityClock clock)
{
    /// <summary>Longer than any request is answered.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private const int MostLooks = 40;
    private const int LooksForTheAnswer = 12;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Begins it, unless it was done before; while another request is at it, its end is waited for.</summary>
    /// <param name="wish">What is asked for: not stored yet.</param>
    /// <exception cref="RefusedException">The id stands for another wish, or another request is still at this
    /// one.</exception>
    public async Task<OperationTurn> BeginAsync(RecordedOperation wish, CancellationToken cancel)
    {
        var begun = wish with { TakenUntil = clock.Now.Utc + Longest, Turn = OperationId.New() };
        var isAgain = false;
        for (var look = 0; look < MostLooks; look++)
        {
            var known = await store.FindAsync(wish.Operation.Id, cancel);
            RefuseOther(known, wish);

            // The answer to our own write may have been lost.
            if (known is not null && known.Turn == begun.Turn)
            {
                return new OperationTurn(known, isAgain);
            }

            // Whoever is at it has an answer in a moment, which says more than the books.
            var isSoon = IsTaken(known) && look < LooksForTheAnswer;
            known = isSoon ? known : await LookIntoTheBooksAsync(known, cancel);
            if (known is { IsDone: true } && !isSoon)
            {
                return new OperationTurn(known, IsAgain: true);
            }

            if (IsTaken(known))
            {
                await Task.Delay(Pause, clock.Time, cancel);
                continue;
            }

            isAgain = known is not null;
            if (await store.TryBeginAsync(begun with { Tag = known?.Tag }, cancel) is { } ours)
            {
                return new OperationTurn(ours, isAgain);
            }
        }

        throw StillUnderWay(wish.Operation.Id);
    }

    /// <summary>As far as it is known: where a request died after the change, the change itself tells.</summary>
    /// <returns>Null when nothing was begun under that id, or it changed nothing.</returns>
    public async Task<RecordedOperation?> FindAsync(string id, CancellationToken cancel) =>
        await LookIntoTheBooksAsync(await store.FindAsync(id, cancel), cancel);

    /// <summary>It is done.</summary>
    /// <param name="answer">What the same request again is answered.</param>
    public Task EndAsync(OperationTurn turn, int status, string? answer, CancellationToken cancel) =>
        store.RecordAsync(turn.Operation with { Status = status, Answer = answer }, cancel);

    /// <summary>
    /// It was refused: the id is free again. Not where an earlier request may have done it: that one's end stays
    /// unknown.
    /// </summary>
    public Task RefuseAsync(OperationTurn turn, CancellationToken cancel) =>
        turn.IsAgain ? LeaveAsync(turn, cancel) : store.ForgetAsync(turn.Operation, cancel);

    /// <summary>Nobody knows how it ended: the next request need not wait.</summary>
    public Task LeaveAsync(OperationTurn turn, CancellationToken cancel) =>
        store.TryBeginAsync(turn.Operation with { TakenUntil = clock.Now.Utc }, cancel);

    private async Task<RecordedOperation?> LookIntoTheBooksAsync(RecordedOperation? known, CancellationToken cancel)
    {
        if (known is null or { IsDone: true } || !await traces.AreThereAsync(known, cancel))
        {
            return known;
        }

        var done = known with { Status = 200 };
        await store.RecordAsync(done, cancel);
        return done;
    }

    private bool IsTaken(RecordedOperation? known) => known is { Status: null } && known.TakenUntil > clock.Now.Utc;

    private static RefusedException StillUnderWay(string id) =>
        new(
            $"The operation {id} is being done right now, or its end is not known yet: ask for it at "
                + $"/api/operations/{id}. Nothing was begun a second time."
        );

    private static void RefuseOther(RecordedOperation? known, RecordedOperation wish)
    {
        if (known is not null && known.Operation != wish.Operation)
        {
            throw new RefusedException(
                $"The operation {wish.Operation.Id} was something else: {known.What} by {known.Authority.By}. Nothing "
                    + "changed."
            );
        }
    }
}
