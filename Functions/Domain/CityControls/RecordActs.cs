namespace Autopay.Domain.CityControls;

/// <summary>Raw records were old enough to go, and are deleted.</summary>
/// <param name="Kind">What they were: <c>providerEvents</c>, <c>authorisations</c>.</param>
/// <param name="Before">Only what happened before it (UTC).</param>
/// <param name="Count">How many were found and go.</param>
public sealed record RecordsExpired(string Kind, DateTimeOffset Before, int Count) : ControlChange
{
    public override bool ConcernsAccounts => false;
}

/// <summary>All that is known of one account was given out: to its customer, as a rule.</summary>
public sealed record AccountExported(AccountId Account) : ControlChange
{
    public override bool ConcernsAccounts => false;
}
