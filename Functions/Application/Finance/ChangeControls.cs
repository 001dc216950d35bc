using Autopay.Application.Evaluating;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Messages;

namespace Autopay.Application.Finance;

/// <summary>
/// Finance changes a control: the change, who, why and when are saved with it, then every bucket is asked to look
/// again.
/// </summary>
public sealed class ChangeControls(IControlsStore store, SendHints hints, CityClock clock)
{
    private const int Tries = 10;

    /// <exception cref="RefusedException">The change contradicts what is in force; nothing changed.</exception>
    public async Task<Controls> RunAsync(ControlChange change, Authority authority, CancellationToken cancel) =>
        (await RunAsync(change, new ChangeRequest(authority), cancel)).Controls;

    /// <exception cref="ChangedMeanwhileException">The controls are of another version than expected.</exception>
    /// <exception cref="RefusedException">The change contradicts what is in force, or another one has the operation's
    /// id; nothing changed.</exception>
    public async Task<ChangeAnswer> RunAsync(ControlChange change, ChangeRequest request, CancellationToken cancel)
    {
        RefuseFutureWatermarks(change);
        for (var tries = 0; tries < Tries; tries++)
        {
            var before = await store.LoadAsync(cancel);
            if (await IsDoneAsync(request.Operation, cancel))
            {
                return new ChangeAnswer(before.Controls, IsRepeat: true);
            }

            await RefuseOtherVersionAsync(request.ExpectedVersion, before.Controls.Version, cancel);
            RefuseLateGo(change, before.Controls);
            var after = before.Controls.Change(change, request.Authority);
            if (ReferenceEquals(after, before.Controls))
            {
                return new ChangeAnswer(after, IsRepeat: false);
            }

            var act = new ControlAct(change, request.Authority, request.Operation);
            if (await store.TrySaveAsync(before, after, act, cancel))
            {
                // Only hints: a bucket whose last complete walk saw an older version is walked by the sweep anyway.
                await (before.Controls.Concerns(change) ? WakeAsync(after, request.Authority) : Task.CompletedTask);
                return new ChangeAnswer(after, IsRepeat: false);
            }
        }

        throw new RefusedException(
            "The city's controls are being changed by somebody else; look at them and try again."
        );
    }

    private Task WakeAsync(Controls after, Authority authority) =>
        hints.RunAsync([
            .. Bucket.All.Select(bucket => new EvaluateMessage(
                bucket.Number,
                $"controls version {after.Version}: {authority.Why}"
            )),
        ]);

    private async Task<bool> IsDoneAsync(ChangeOperation? operation, CancellationToken cancel)
    {
        if (operation is null || await store.FindOperationAsync(operation.Id, cancel) is not { } done)
        {
            return false;
        }

        return done.Operation == operation
            ? true
            : throw new RefusedException(
                $"The operation {operation.Id} was something else: {done.What} by {done.Authority.By}. Nothing changed."
            );
    }

    private async Task RefuseOtherVersionAsync(long? expected, long version, CancellationToken cancel)
    {
        if (expected is { } seen && seen != version)
        {
            throw await ChangedMeanwhileException.OfControlsAsync(store, seen, version, cancel);
        }
    }

    private void RefuseLateGo(ControlChange change, Controls controls)
    {
        if (
            change is ReleaseGone go
            && controls.WhyNoGo(go, new ReleaseTimes(clock.City, clock.Now, controls.Policies.DueDateRunAt)) is { } why
        )
        {
            throw new RefusedException(why);
        }
    }

    /// <summary>Nobody can have entered what is received tomorrow (R35).</summary>
    /// <exception cref="RefusedException">The change says that somebody has.</exception>
    public void RefuseFutureWatermarks(ControlChange change)
    {
        var through = (change as BacklogCleared)?.ReceivedThrough ?? (change as BacklogClearing)?.ReceivedThrough;
        if (
            through is { } channels
            && channels.FirstOrDefault(channel => channel.Value > clock.Now.Today)
                is { Key: { } channel, Value: var day }
        )
        {
            throw new RefusedException($"receivedThrough of {channel} is {day:yyyy-MM-dd}: that is after today.");
        }
    }
}
