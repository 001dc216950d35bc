namespace Autopay.LocalHost.Azurite;

internal static class AzuriteConnection
{
    public const string Account = "devstoreaccount1";

    // The key that every storage emulator has and that Microsoft publishes; it opens nothing else.
    private const string Key =
        "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    public static string String(IReadOnlyDictionary<string, Uri> endpoints, string account = Account) =>
        $"DefaultEndpointsProtocol=http;AccountName={account};AccountKey={Key};"
        + string.Concat(endpoints.Select(endpoint => $"{endpoint.Key}Endpoint={endpoint.Value}{account};"));

    /// <summary>What Azurite reads from AZURITE_ACCOUNTS.</summary>
    public static string Accounts(IEnumerable<string> more) =>
        string.Join(';', more.Prepend(Account).Select(account => $"{account}:{Key}"));
}
