using Autopay.Application.Finance;
using Autopay.Application.Releasing;

namespace Autopay.Pages.Stops;

/// <summary>Whether charging is halted, what that stops, and who has asked to go on.</summary>
/// <param name="Asked">The request that waits for another person; null when none does.</param>
/// <param name="Would">What would leave; null while charging is not halted.</param>
public sealed record HaltModel(Halt? Halt, Approval? Asked, ResumePreview? Would, IReadOnlyList<ReleaseView> UnderWay);
