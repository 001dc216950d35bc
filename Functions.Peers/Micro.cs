using Autopay.Benchmarks.Timing;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Autopay.Peers;

/// <summary>The smallest pieces of work, in nanoseconds and bytes.</summary>
[MemoryDiagnoser]
public class Micro
{
    private readonly MicroWork work = new();

    [Benchmark(Description = "decide: a bill comes")]
    public int DecideBill() => work.DecideBill();

    [Benchmark(Description = "decide: a debit is due")]
    public int DecideDue() => work.DecideDue();

    [Benchmark(Description = "decide: nothing follows")]
    public int DecideNothing() => work.DecideNothing();

    [Benchmark(Description = "ledger to JSON")]
    public string WriteLedger() => work.WriteLedger();

    [Benchmark(Description = "ledger from JSON")]
    public int ReadLedger() => work.ReadLedger();

    [Benchmark(Description = "bills file, a bill", OperationsPerInvoke = MicroWork.Bills)]
    public int ReadBills() => work.ReadBills();

    public static void Run() =>
        BenchmarkRunner.Run<Micro>(
            DefaultConfig
                .Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
                .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "autopay-micro"))
        );
}
