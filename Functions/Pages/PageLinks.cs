using Microsoft.AspNetCore.WebUtilities;

namespace Autopay.Pages;

/// <summary>Addresses of pages, every part escaped.</summary>
public static class PageLinks
{
    /// <summary>The same page with another value in its query.</summary>
    public static string With(string here, string name, string? value)
    {
        var parts = here.Split('?', 2);
        var query = QueryHelpers
            .ParseQuery(parts.Length == 2 ? parts[1] : "")
            .Where(it => it.Key != name && it.Key != "done")
            .ToDictionary(it => it.Key, it => (string?)it.Value.ToString(), StringComparer.Ordinal);
        if (value is not null)
        {
            query[name] = value;
        }

        return QueryHelpers.AddQueryString(parts[0], query);
    }

    public static string Account(AccountId account) => $"/console/accounts/{Uri.EscapeDataString(account.Value)}";

    public static string Debit(DebitId debit) => $"{Account(debit.Account)}/debits/{Uri.EscapeDataString(debit.Value)}";

    public static string Cycle(CycleNumber cycle) => $"/console/cycles/{cycle}";
}
