namespace Autopay.Application.Ports.Provider;

/// <summary>
/// Gives money back. As with charges, an answer says what to do next; the intent's list of refunds is the evidence.
/// </summary>
public interface IRefundProvider
{
    /// <summary>Under the refund's own key, with its number in the metadata.</summary>
    Task<ProviderAnswer> CreateRefundAsync(Refund refund, string intentId);

    /// <summary>
    /// Every refund of the intent, whoever made it: read-after-write. Null when the list could not be had.
    /// </summary>
    Task<IReadOnlyList<RefundReading>?> ListRefundsAsync(string intentId);
}
