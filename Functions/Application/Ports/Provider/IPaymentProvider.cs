namespace Autopay.Application.Ports.Provider;

/// <summary>What the provider is asked for at P1: an intent that nobody has confirmed.</summary>
public sealed record IntentRequest(Attempt Attempt, AccountId Account);

/// <summary>
/// What a call to the provider told. Only <see cref="Read"/> is evidence about an intent; every other answer says what
/// to do next, never what happened to the money.
/// </summary>
public abstract record ProviderAnswer
{
    /// <summary>The intent itself.</summary>
    public sealed record Read(IntentReading Intent) : ProviderAnswer;

    /// <summary>What else was asked for: a list, a page of it.</summary>
    public sealed record Had<T>(T What) : ProviderAnswer;

    /// <summary>A refund, by the provider's own word.</summary>
    public sealed record Given(RefundReading Refund) : ProviderAnswer;

    /// <summary>401, 403, 429, connection refused, an open breaker: not asked yet, try later.</summary>
    public sealed record NotYet(string Why) : ProviderAnswer;

    /// <summary>The caller gave up its turn before anything was sent.</summary>
    public sealed record NotAsked : ProviderAnswer;

    /// <summary>Timeout, reset, broken answer, 409: it may have happened; ask the intent.</summary>
    public sealed record Doubt(string Why) : ProviderAnswer;

    /// <summary>A 5xx, which the provider stores and replays under the same key: never cured by repeating.</summary>
    public sealed record ServerError(string Why) : ProviderAnswer;

    /// <summary>A 4xx: the request as it is will not be taken.</summary>
    public sealed record Rejected(string Why) : ProviderAnswer
    {
        /// <summary>
        /// Because of the payment method or its mandate: it is of no use until the customer has another one.
        /// </summary>
        public bool OfTheMethod { get; init; }
    }

    /// <summary>Same key, other parameters: a bug of ours.</summary>
    public sealed record KeyMisused(string Why) : ProviderAnswer;
}

/// <summary>Moves the money. Calls neither throw for the provider's answers nor repeat themselves.</summary>
public interface IPaymentProvider
{
    /// <summary>The name of the environment that this app charges in; intents of another one are not ours.</summary>
    string Environment { get; }

    Task<ProviderAnswer> CreateAsync(IntentRequest request);

    Task<ProviderAnswer> ConfirmAsync(Attempt attempt);

    Task<ProviderAnswer> CancelAsync(string intentId, string idempotencyKey);

    Task<ProviderAnswer> ReadAsync(string intentId);

    /// <summary>
    /// The customer's intents created at or after an instant: read-after-write, unlike search. Null when the list could
    /// not be had.
    /// </summary>
    Task<IReadOnlyList<IntentReading>?> ListAsync(string customer, DateTimeOffset createdFrom);
}
