using Autopay.Application.Ports.Files;
using Autopay.Imports;

namespace Autopay.Application.Importing;

/// <summary>
/// Accounts whose id is a known one's but for leading zeros, case or blanks: what a spreadsheet makes of an account
/// number (R30).
/// </summary>
internal static class LookAlikes
{
    /// <summary>The same text for ids that resemble each other.</summary>
    public static string NameOf(AccountId account)
    {
        var bare = string.Concat(account.Value.Where(letter => !char.IsWhiteSpace(letter)))
            .ToLowerInvariant()
            .TrimStart('0');
        return bare.Length == 0 ? "0" : bare;
    }

    /// <summary>By the account of a row, the known one, or the one of an earlier row, that it resembles.</summary>
    /// <param name="knownAsync">Which of these accounts have a ledger: a file that was set aside may have claimed names
    /// and opened nobody.</param>
    public static async Task<IReadOnlyDictionary<AccountId, AccountId>> FindAsync(
        IIdRegister register,
        Func<IEnumerable<AccountId>, Task<IReadOnlySet<AccountId>>> knownAsync,
        IEnumerable<ImportRow> rows,
        CancellationToken cancel
    )
    {
        var accounts = rows.Select(row => row.Account).Distinct().ToList();
        List<IdClaim> firsts =
        [
            .. accounts.Select(account => new IdClaim(NameOf(account), account)).DistinctBy(claim => claim.Id),
        ];
        var others = await register.ClaimAsync(IdKind.Account, firsts, cancel);
        var known = await knownAsync(others.Values);
        var owners = firsts.ToDictionary(
            first => first.Id,
            first => others.TryGetValue(first.Id, out var other) && known.Contains(other) ? other : first.Account
        );
        foreach (var unused in firsts.Where(first => others.ContainsKey(first.Id) && owners[first.Id] == first.Account))
        {
            await register.MoveAsync(IdKind.Account, unused, cancel);
        }

        return accounts
            .Where(account => owners[NameOf(account)] != account)
            .ToDictionary(account => account, account => owners[NameOf(account)]);
    }
}
