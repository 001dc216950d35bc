namespace Autopay.Application.Finance;

/// <summary>Ends a halt: one person asks, another approves. A city that insists lets one person do it.</summary>
public sealed class ResumeCharging(ChangeControls change, Policies policies)
{
    /// <returns>The controls, with the request for an approval where the city wants one.</returns>
    /// <exception cref="RefusedException">Charging is not halted.</exception>
    public async Task<Controls> RunAsync(string id, ChangeRequest request, CancellationToken cancel)
    {
        ControlChange resume = new ChargingResumed();
        ControlChange asked = policies.SecondPerson ? new ApprovalAsked(id, resume) : resume;
        return (await change.RunAsync(asked, request, cancel)).Controls;
    }
}
