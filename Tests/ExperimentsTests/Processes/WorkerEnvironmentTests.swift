import Testing

@testable import Experiments

struct WorkerEnvironmentTests {
  @Test("every variable that a worker is given is recorded")
  func recorded() {
    let variables = WorkerEnvironment.variables(threads: 3)
    #expect(WorkerEnvironment.recorded(of: variables) == variables)
    #expect(variables["OMP_NUM_THREADS"] == "3")
    #expect(variables["OPENBLAS_NUM_THREADS"] == "3")
  }

  @Test("a recorded environment replaces the present one without losing the rest of it")
  func replacing() {
    let present = ["HOME": "/home/someone", "OMP_NUM_THREADS": "8", "DNNL_MAX_CPU_ISA": "AVX2"]
    #expect(
      WorkerEnvironment.applying(["OMP_NUM_THREADS": "2"], to: present)
        == ["HOME": "/home/someone", "OMP_NUM_THREADS": "2"])
  }

  @Test("of a record from elsewhere only the variables that are recorded are taken, and no paths")
  func foreign() {
    let foreign = [
      "LD_PRELOAD": "/tmp/x.so", "PATH": "/tmp/bin", "OMP_NUM_THREADS": "2",
      "LC_ALL": "/tmp/locale", "OPENBLAS_CORETYPE": String(repeating: "a", count: 300),
      "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2", "OMP_SCHEDULE": "static, 4",
    ]
    #expect(
      WorkerEnvironment.applying(foreign, to: ["PATH": "/bin"])
        == [
          "PATH": "/bin", "OMP_NUM_THREADS": "2", "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2",
          "OMP_SCHEDULE": "static, 4",
        ])
  }

  @Test("an instruction set that the user limits stays limited")
  func inherited() {
    let launched = WorkerEnvironment.launch(
      threads: 2, inheriting: ["DNNL_MAX_CPU_ISA": "AVX2", "OMP_NUM_THREADS": "9"])
    #expect(launched["DNNL_MAX_CPU_ISA"] == "AVX2")
    #expect(launched["OMP_NUM_THREADS"] == "2")
  }
}
