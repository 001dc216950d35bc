using System.Globalization;
using Autopay.Application.Ports.Messages;
using Autopay.Application.Ports.Runs;
using Autopay.Application.Telemetry;

namespace Autopay.Application.Runs;

/// <summary>Does the work of runs of one kind.</summary>
public interface IRunWork
{
    RunKind Kind { get; }

    /// <exception cref="TurnOverException">The turn ends before the run does.</exception>
    Task<RunAnswer> RunAsync(LongRun run, RunTurn turn, CancellationToken cancel);
}

/// <summary>
/// Begins runs and goes on with them, turn by turn: as long as a request may wait, then as long as a message may, each
/// time from what was kept. A run whose worker died is taken again when its lease is over.
/// </summary>
public sealed class GoOnWithRuns(IRunStore store, IEnumerable<IRunWork> works, IWorkQueue queue, CityClock clock)
{
    /// <summary>How long a message or a timer works on a run: well under the function's timeout.</summary>
    public static readonly TimeSpan OneTurn = TimeSpan.FromMinutes(4);

    private const int MostReminded = 20;
    private const int MostTries = 5;

    public async Task<LongRun> BeginAsync(RunKind kind, string by, DateTimeOffset? from, CancellationToken cancel)
    {
        var at = clock.Now.Utc;
        var added = await store.AddAsync(id => new LongRun(id, kind, by, at) { From = from }, at, cancel);
        return added.Run;
    }

    /// <summary>Begins a run that a message does.</summary>
    public async Task<LongRun> AskAsync(RunKind kind, string by, CancellationToken cancel)
    {
        var run = await BeginAsync(kind, by, null, cancel);
        await queue.TryEnqueueAsync(new RunMessage(run.Id), cancel);
        return run;
    }

    /// <summary>Begins a run and goes on with it for one turn.</summary>
    public async Task RunAsync(RunKind kind, string by, CancellationToken cancel)
    {
        var run = await BeginAsync(kind, by, null, cancel);
        await RunAsync(run.Id, OneTurn, cancel);
    }

    /// <summary>Goes on with the run until it ends or this turn does; then a message asks for the next one.</summary>
    /// <param name="turn">How long this turn may last.</param>
    /// <returns>The run as it is then; null when there is none.</returns>
    /// <exception cref="RefusedException">It cannot be; it is kept as failed.</exception>
    public async Task<LongRun?> RunAsync(string id, TimeSpan turn, CancellationToken cancel)
    {
        if (await store.FindAsync(id, cancel) is not { } entry)
        {
            return null;
        }

        if (await TakeAsync(entry, cancel) is not { } taken)
        {
            return entry.Run;
        }

        if (taken.Run.Step == RunStep.Failed)
        {
            await store.ForgetPartsAsync(id, cancel);
            return taken.Run;
        }

        using var span = Tracing.Start($"run {taken.Run.Kind}".ToLowerInvariant());
        return await WorkAsync(RunTurn.Of(store, taken, clock, clock.Now.Utc + turn), cancel);
    }

    /// <summary>Asks again for what nobody is at.</summary>
    public async Task RemindAsync(CancellationToken cancel)
    {
        await foreach (var run in store.ReadNewestAsync(cancel).Take(MostReminded).WithCancellation(cancel))
        {
            if (run.Step == RunStep.Going && !IsTaken(run))
            {
                await queue.TryEnqueueAsync(new RunMessage(run.Id), cancel);
            }
        }
    }

    private bool IsTaken(LongRun run) => run.TakenUntil > clock.Now.Utc;

    private async Task<RunEntry?> TakeAsync(RunEntry entry, CancellationToken cancel)
    {
        var run = entry.Run;
        if (run.Step != RunStep.Going || IsTaken(run))
        {
            return null;
        }

        return await store.TrySaveAsync(
            entry,
            run.Tries < MostTries
                ? run with
                {
                    TakenUntil = clock.Now.Utc + RunTurn.Lease,
                    Tries = run.Tries + 1,
                }
                : Ended(run, RunStep.Failed) with
                {
                    Failure = $"Taken {run.Tries} times, and it never went on",
                },
            cancel
        );
    }

    private async Task<LongRun> WorkAsync(RunTurn turn, CancellationToken cancel)
    {
        try
        {
            var answer = await works
                .Single(work => work.Kind == turn.Entry.Run.Kind)
                .RunAsync(turn.Entry.Run, turn, cancel);
            return await EndAsync(turn, Ended(turn.Entry.Run, RunStep.Done) with { Answer = answer });
        }
        catch (TurnOverException over)
        {
            return over.IsOurs ? await HandOverAsync(turn) : turn.Entry.Run;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return await HandOverAsync(turn);
        }
        catch (Exception failure)
        {
            await EndAsync(turn, Ended(turn.Entry.Run, RunStep.Failed) with { Failure = failure.Message });
            throw;
        }
    }

    // The token may be the reason: what was found is worth the moment that it takes to hand it over.
    private async Task<LongRun> HandOverAsync(RunTurn turn)
    {
        var free = turn.Entry.Run with { TakenUntil = null };
        var saved = await store.TrySaveAsync(turn.Entry, free, CancellationToken.None);
        await queue.TryEnqueueAsync(new RunMessage(free.Id), CancellationToken.None);
        return saved?.Run ?? free;
    }

    private async Task<LongRun> EndAsync(RunTurn turn, LongRun ended)
    {
        var saved = await store.TrySaveAsync(turn.Entry, ended, CancellationToken.None);
        await store.ForgetPartsAsync(ended.Id, CancellationToken.None);
        return saved?.Run ?? ended;
    }

    private LongRun Ended(LongRun run, RunStep step) =>
        run with
        {
            Step = step,
            TakenUntil = null,
            EndedAt = clock.Now.Utc,
            Kept = null,
        };

    /// <summary>The id of a run that is asked for at this instant, or the next one.</summary>
    public static string IdOf(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture);
}
