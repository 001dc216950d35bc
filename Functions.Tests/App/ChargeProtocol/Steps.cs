using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Provider;

namespace Autopay.Tests.App.ChargeProtocol;

internal enum StepFault
{
    None,
    CrashBefore,
    CrashAfter,
    ErrorWithEffect,
    ErrorWithoutEffect,
}

/// <summary>The process dies here.</summary>
internal sealed class CrashException : Exception;

/// <summary>
/// Counts the steps that leave the process, and lets one of them go wrong. A dead process takes no further step.
/// </summary>
internal sealed class Steps
{
    private int at = int.MaxValue;
    private StepFault fault;
    private bool dead;

    public int Taken { get; private set; }

    /// <summary>The step that was to go wrong was taken.</summary>
    public bool HasBroken => Taken >= at;

    public void Break(int step, StepFault how) => (Taken, at, fault, dead) = (0, step, how, false);

    /// <summary>A new process: nothing goes wrong any more.</summary>
    public void Restart() => Break(int.MaxValue, StepFault.None);

    /// <summary>The process dies here and now: a call that it made has left, and nobody waits for the answer.</summary>
    public Task DieAsync()
    {
        Crash(crashes: true);
        return Task.CompletedTask;
    }

    /// <param name="error">What the caller sees of an error: an answer, or an exception of its own.</param>
    /// <param name="cancel">Whoever cancels does not hear whether it happened.</param>
    public async Task<T> TakeAsync<T>(Func<Task<T>> step, Func<T> error, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        Crash(dead);
        var isHit = ++Taken == at;
        Crash(isHit && fault == StepFault.CrashBefore);
        if (isHit && fault == StepFault.ErrorWithoutEffect)
        {
            return error();
        }

        var result = await step();
        Crash(isHit && fault == StepFault.CrashAfter);
        cancel.ThrowIfCancellationRequested();
        return isHit && fault == StepFault.ErrorWithEffect ? error() : result;
    }

    private void Crash(bool crashes)
    {
        if (crashes)
        {
            dead = true;
            throw new CrashException();
        }
    }
}

internal sealed class SteppedProvider(IPaymentProvider inner, Steps steps) : IPaymentProvider
{
    private static readonly ProviderAnswer Lost = new ProviderAnswer.Doubt("the answer is lost");

    public string Environment => inner.Environment;

    public Task<ProviderAnswer> CreateAsync(IntentRequest request) =>
        steps.TakeAsync(() => inner.CreateAsync(request), () => Lost);

    public Task<ProviderAnswer> ConfirmAsync(Attempt attempt) =>
        steps.TakeAsync(() => inner.ConfirmAsync(attempt), () => Lost);

    public Task<ProviderAnswer> CancelAsync(string intentId, string idempotencyKey) =>
        steps.TakeAsync(() => inner.CancelAsync(intentId, idempotencyKey), () => Lost);

    public Task<ProviderAnswer> ReadAsync(string intentId) =>
        steps.TakeAsync(() => inner.ReadAsync(intentId), () => Lost);

    public Task<IReadOnlyList<IntentReading>?> ListAsync(string customer, DateTimeOffset createdFrom) =>
        steps.TakeAsync(() => inner.ListAsync(customer, createdFrom), () => null);
}

internal sealed class SteppedRefunds(IRefundProvider inner, Steps steps) : IRefundProvider
{
    public Task<ProviderAnswer> CreateRefundAsync(Refund refund, string intentId) =>
        steps.TakeAsync(
            () => inner.CreateRefundAsync(refund, intentId),
            () => new ProviderAnswer.Doubt("the answer is lost")
        );

    public Task<IReadOnlyList<RefundReading>?> ListRefundsAsync(string intentId) =>
        steps.TakeAsync(() => inner.ListRefundsAsync(intentId), () => null);
}

internal sealed class SteppedControlsStore(IControlsStore inner, Steps steps) : IControlsStore
{
    public Task<ControlsEntry> LoadAsync(CancellationToken cancel) =>
        steps.TakeAsync(() => inner.LoadAsync(cancel), Away<ControlsEntry>, cancel);

    public Task<ControlsEntry> LoadRecentAsync(CancellationToken cancel) => inner.LoadRecentAsync(cancel);

    public Task<bool> TrySaveAsync(ControlsEntry before, Controls after, ControlAct act, CancellationToken cancel) =>
        steps.TakeAsync(() => inner.TrySaveAsync(before, after, act, cancel), Away<bool>, cancel);

    public IAsyncEnumerable<ControlsHistoryRow> ReadHistoryAsync(CancellationToken cancel) =>
        inner.ReadHistoryAsync(cancel);

    public Task<RecordedOperation?> FindOperationAsync(string id, CancellationToken cancel) =>
        inner.FindOperationAsync(id, cancel);

    internal static T Away<T>() => throw new IOException("storage is away");
}

internal sealed class SteppedBucketScheduleStore(IBucketScheduleStore inner, Steps steps) : IBucketScheduleStore
{
    public Task<IReadOnlyList<BucketSchedule>> ReadAllAsync(CancellationToken cancel) => inner.ReadAllAsync(cancel);

    public Task<BucketSchedule> ReadAsync(Bucket bucket, CancellationToken cancel) =>
        steps.TakeAsync(() => inner.ReadAsync(bucket, cancel), SteppedControlsStore.Away<BucketSchedule>, cancel);

    public BucketSchedule? Recall(Bucket bucket) => inner.Recall(bucket);

    public Task BringForwardAsync(Bucket bucket, DateTimeOffset look, CancellationToken cancel) =>
        steps.TakeAsync(
            async () =>
            {
                await inner.BringForwardAsync(bucket, look, cancel);
                return true;
            },
            SteppedControlsStore.Away<bool>,
            cancel
        );

    public Task<BucketSchedule?> TryWriteAsync(BucketSchedule schedule, CancellationToken cancel) =>
        steps.TakeAsync(
            () => inner.TryWriteAsync(schedule, cancel),
            SteppedControlsStore.Away<BucketSchedule?>,
            cancel
        );
}
