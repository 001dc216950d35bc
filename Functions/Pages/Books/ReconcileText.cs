using Autopay.Application.Reconciling;
using Autopay.Domain.Provider;

namespace Autopay.Pages.Books;

/// <summary>A run of reconcile in one line. One that could not read everything concludes nothing.</summary>
internal static class ReconcileText
{
    public static string Head(ReconcileReport run, PageWords words) =>
        run.State switch
        {
            RunState.Failed => words["Books.HeadFailed"],
            _ when Twice(run) > 0 => words.Count("Books.HeadTwice", Twice(run)),
            RunState.Differs => words.Count("Books.HeadDiffers", run.DifferenceCount),
            _ when !run.IsWhole => words["Books.HeadPart"],
            _ => words["Books.HeadAgrees"],
        };

    public static string Mark(ReconcileReport run) =>
        run.State switch
        {
            RunState.Agrees => "✓",
            RunState.Differs => "✕",
            _ => "!",
        };

    /// <summary>What was charged twice, as far as it is listed.</summary>
    public static int Twice(ReconcileReport run) => run.Differences.Count(IsTwice);

    public static bool IsTwice(Difference difference) => difference.Kind == DifferenceKind.ChargedTwice;
}
