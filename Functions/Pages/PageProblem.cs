namespace Autopay.Pages;

/// <summary>What an error page says.</summary>
/// <param name="Detail">Null when it is ours, and the log has it.</param>
public sealed record PageProblem(int Status, string? Detail);
