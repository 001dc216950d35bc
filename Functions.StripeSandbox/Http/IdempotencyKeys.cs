using Autopay.StripeSandbox.State;

namespace Autopay.StripeSandbox.Http;

/// <summary>
/// Stripe's idempotency layer: one answer a key for 24 hours of the sandbox's clock, 500s included; another request
/// under the same key is an error; a second one while the first still runs is a conflict.
/// </summary>
internal sealed class IdempotencyKeys(SandboxState state, SandboxClock clock)
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);
    private readonly HashSet<string> inUse = new(StringComparer.Ordinal);

    /// <summary>Null: the key is free and now ours. Otherwise the answer to give instead of running the call.</summary>
    public Answer? Claim(ApiCall call)
    {
        if (!call.IsWrite || call.IdempotencyKey is not { } key)
        {
            return null;
        }
        if (!call.HasUsableKey)
        {
            return ErrorAnswers.KeyTooLong(call);
        }
        return state.Step(null, () => Known(call, key) ?? (inUse.Add(key) ? null : ErrorAnswers.KeyInUse(call)));
    }

    /// <summary>Inside the step of the effect, so that the journal has both or neither.</summary>
    public void Store(ApiCall call, Answer answer)
    {
        if (call is { IsWrite: true, IdempotencyKey: { } key } && answer.IsStored)
        {
            state.Answers.Put(
                new StoredAnswer(
                    key,
                    call.Method,
                    call.Path,
                    call.Fingerprint,
                    answer.Status,
                    answer.Body,
                    call.RequestId,
                    clock.Now
                )
            );
        }
    }

    public void Release(ApiCall call)
    {
        if (call is { IsWrite: true, IdempotencyKey: { } key })
        {
            state.Step(null, () => inUse.Remove(key));
        }
    }

    private Answer? Known(ApiCall call, string key)
    {
        if (state.Answers.Find(key) is not { } stored || stored.StoredAt + Kept <= clock.Now)
        {
            return null;
        }
        return stored.Path == call.Path && stored.Fingerprint == call.Fingerprint
            ? Replay(stored)
            : ErrorAnswers.KeyMisused(call, stored.Path);
    }

    private static Answer Replay(StoredAnswer stored)
    {
        var answer = new Answer(stored.Status, stored.Body) { IsStored = false };
        answer = answer.With("Idempotent-Replayed", "true").With("Original-Request", stored.RequestId);
        return stored.Status >= 500 ? answer.With("Stripe-Should-Retry", "false") : answer;
    }
}
