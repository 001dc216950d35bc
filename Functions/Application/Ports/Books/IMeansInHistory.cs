namespace Autopay.Application.Ports.Books;

/// <summary>What the history of an account says of how it was charged.</summary>
public interface IMeansInHistory
{
    /// <summary>
    /// Takes payment methods, mandates and e-mail addresses out of what accounts files said of the account; everything
    /// else of the history stays as it was. Again changes nothing.
    /// </summary>
    Task ForgetAsync(AccountId account, CancellationToken cancel);
}
