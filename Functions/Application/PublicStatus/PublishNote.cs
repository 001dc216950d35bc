using Autopay.Application.Finance;

namespace Autopay.Application.PublicStatus;

/// <summary>
/// What residents read beside the status: finance's own line when a second person agrees, the prepared sentence at
/// once.
/// </summary>
public sealed class PublishNote(ChangeControls change, Policies policies, CityClock clock)
{
    /// <param name="id">Of the request for an approval.</param>
    /// <returns>The controls, with the request where the city wants a second person.</returns>
    public async Task<Controls> PublishAsync(
        string id,
        PublicNotePublished note,
        ChangeRequest request,
        CancellationToken cancel
    ) => (await change.RunAsync(policies.SecondPerson ? new ApprovalAsked(id, note) : note, request, cancel)).Controls;

    /// <exception cref="RefusedException">Charging is not halted, or the day has not come yet.</exception>
    public async Task<Controls> TellAsync(ChargedTwiceTold told, ChangeRequest request, CancellationToken cancel) =>
        told.On > clock.Now.Today
            ? throw new RefusedException($"on is {told.On:yyyy-MM-dd}: that is after today.")
            : (await change.RunAsync(told, request, cancel)).Controls;

    public async Task<Controls> WithdrawAsync(
        PublicNoteWithdrawn withdrawn,
        ChangeRequest request,
        CancellationToken cancel
    ) => (await change.RunAsync(withdrawn, request, cancel)).Controls;
}
