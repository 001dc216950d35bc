using Autopay.Application.Ports;
using Autopay.Imports;

namespace Autopay.Application;

/// <summary>Accounts whose id is a known one's but for leading zeros, case or blanks: what a spreadsheet makes of an account number (R30).</summary>
internal static class LookAlikes
{
    /// <summary>The same text for ids that resemble each other.</summary>
    public static string NameOf(AccountId account)
    {
        var bare = string.Concat(account.Value.Where(letter => !char.IsWhiteSpace(letter))).ToLowerInvariant().TrimStart('0');
        return bare.Length == 0 ? "0" : bare;
    }

    /// <summary>By the account of a row, the known one that it resembles.</summary>
    public static async Task<IReadOnlyDictionary<AccountId, AccountId>> FindAsync(IIdRegister register, IEnumerable<ImportRow> rows, CancellationToken cancel)
    {
        var accounts = rows.Select(row => row.Account).Distinct().ToList();
        var others = await register.ClaimAsync(IdKind.Account, [.. accounts.Select(account => new IdClaim(NameOf(account), account))], cancel);
        return accounts.Where(account => others.TryGetValue(NameOf(account), out var other) && other != account).ToDictionary(account => account, account => others[NameOf(account)]);
    }
}
