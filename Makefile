# What a person or a machine does with this project, in one word each.

packages := libyaml-dev libpng-dev libjpeg-dev libtiff-dev libwebp-dev libopenblas-dev libhdf5-dev libdnnl-dev libssl-dev libcairo2-dev libzstd-dev libblosc-dev libexpat1-dev
sources := Package.swift Sources Tests

.PHONY: quickstart build test test-optimized test-crash test-fuzz test-sanitized test-onnx test-formats test-data test-exports test-tables test-trackers test-importers test-keras test-weights test-browser test-slurm test-mpi bench architecture lint format dependencies

## Train the smallest experiment and compare its runs: a minute or two.
quickstart: dependencies
	swift build -c release --product experiments
	.build/release/experiments run experiments/quickstart.yaml

build: dependencies
	swift build

## Everything that decides whether a change may land.
test: dependencies .build/crash_points.so
	swift build --build-tests
	EXPERIMENTS_CRASH_POINTS=$(CURDIR)/.build/crash_points.so swift test --skip-build
	$(MAKE) --no-print-directory lint

optimized := -c release -Xswiftc -enable-testing --scratch-path .build-optimized

## The same in an optimized build, as users run it: every case of the kernels, and what a step allocates.
test-optimized: dependencies
	swift build $(optimized) --build-tests
	swift test $(optimized) --skip-build

## Kills and starves a few hundred small runs, refuses them every call to the disk, lets launches share their trials,
## and flips a bit of every byte of a record: a quarter of an hour.
test-crash: dependencies .build/crash_points.so
	swift build --build-tests
	EXPERIMENTS_CRASH_TESTS=1 EXPERIMENTS_CRASH_POINTS=$(CURDIR)/.build/crash_points.so \
	  swift test --skip-build --filter 'CrashTests|RefusalTests|LaunchTests|HostileRecordTests|PruningTests|InterruptionTests|AdaptiveSweepTests'

# What the tests preload into the program to kill it or to refuse it calls to the disk.
.build/crash_points.so: Tests/CrashPoints/crash_points.c
	@mkdir -p .build
	cc -shared -fPIC -O1 -Wall -o $@ $<

PYTHON ?= python3

## Compares what ONNX Runtime computes with exported models with what this program computes. Needs the
## Python packages numpy, onnx, onnxruntime and opencv-python-headless.
test-onnx: dependencies
	swift build --build-tests
	rm -rf .build/onnx
	EXPERIMENTS_ONNX_FOLDER=$(CURDIR)/.build/onnx swift test --skip-build --filter ONNXRuntimeTests
	$(PYTHON) Tests/ModelFilesTests/check_onnx.py .build/onnx --opencv unet unet_small

## Reads TIFFs that tifffile wrote, volumes that nibabel, pynrrd, SimpleITK, mrcfile and zarr-python wrote, and
## GIF, WebP, BMP and PNM files as Pillow reads them. Needs the Python packages that make_tiffs.py,
## make_volumes.py and make_images.py name.
test-formats: dependencies
	swift build --build-tests
	rm -rf .build/tiffs
	$(PYTHON) Tests/EngineTests/make_tiffs.py .build/tiffs
	$(PYTHON) Tests/EngineTests/make_volumes.py .build/volumes
	rm -rf .build/images
	$(PYTHON) Tests/EngineTests/make_images.py .build/images
	EXPERIMENTS_TIFF_FOLDER=$(CURDIR)/.build/tiffs EXPERIMENTS_VOLUME_FOLDER=$(CURDIR)/.build/volumes \
	  EXPERIMENTS_IMAGE_FOLDER=$(CURDIR)/.build/images \
	  swift test --skip-build --filter 'ForeignTIFFTests|ForeignFormatsTests|ForeignImageTests'

LISTS ?=

## Compares what `experiments data` says of LISTS, each with a line `image mask` for every sample, with what
## numpy and scipy count. Needs the Python packages numpy, Pillow and scipy.
test-data: dependencies
	swift build --product experiments
	$(PYTHON) Tests/AcceptanceTests/check_data.py .build/debug/experiments $(LISTS)

checks ?= deployment keras bioimage

## Runs exported folders, weights and packages in the programs that they are for, and compares with what
## this program predicts. Needs the Python packages that Tests/AcceptanceTests/check_exports.py names.
test-exports: dependencies
	swift build --product experiments
	$(PYTHON) Tests/AcceptanceTests/check_exports.py .build/debug/experiments $(checks)

RESULTS ?= results

## Compares the numbers of comparisons with those that numpy and scipy compute from the records in RESULTS.
## Needs the Python packages numpy, h5py and scipy.
test-tables: dependencies
	swift build --product experiments
	$(PYTHON) Tests/AcceptanceTests/check_tables.py .build/debug/experiments $(RESULTS)

## Checks specs, right and wrong ones, with the JSON Schema alone, asks a language server that knows it what may be
## typed, and with SARIF_SCHEMA=FILE checks what 'check' prints as SARIF; needs Python's jsonschema, ruamel.yaml and tombi.
.PHONY: test-schema
test-schema: dependencies
	swift build --product experiments
	$(PYTHON) Tests/ExperimentsTests/Reference/check_schema.py
	$(PYTHON) Tests/ExperimentsTests/Reference/check_completion.py
	$(PYTHON) Tests/ExperimentsTests/CheckReport/check_sarif.py

## Of these the weights that Keras loads alone.
test-keras:
	$(MAKE) --no-print-directory test-exports checks=keras

trackers ?= tensorboard mlflow bundle neptune

## Opens exported runs in TensorBoard and MLflow, and imports what these write. Needs the Python packages
## that Tests/AcceptanceTests/check_trackers.py names.
test-trackers: dependencies
	swift build --product experiments
	$(PYTHON) Tests/AcceptanceTests/check_trackers.py .build/debug/experiments $(trackers)

cases ?= all

## Imports folders of the data layouts of other tools, made by a script with their traps, and compares every
## pixel with what these tools draw. Needs the Python packages that Tests/AcceptanceTests/check_importers names.
test-importers: dependencies
	swift build --product experiments
	$(PYTHON) Tests/AcceptanceTests/check_importers .build/debug/experiments $(cases)

FUZZ_SECONDS ?= 300

## Changes small weight files, volumes, and requests to the dashboard, at random and reads them: for 300 s a format
## unless FUZZ_SECONDS is given.
test-fuzz: dependencies
	swift build $(optimized) --build-tests
	EXPERIMENTS_FUZZ_SECONDS=$(FUZZ_SECONDS) \
	  swift test $(optimized) --skip-build --no-parallel --filter FuzzTests

sanitized := --sanitize=address -Xcc -fsanitize=undefined --scratch-path .build-sanitized

sanitized_tests := EndToEndTests|EarlyStoppingTests|SeveralLabelsTests|BadInputTests|InitTests

## Trains, continues, judges and reads data and specs with a program that AddressSanitizer and
## UndefinedBehaviorSanitizer watch; volumes are left out, whose readers may take little memory.
test-sanitized: dependencies
	swift build $(sanitized) --product experiments
	swift build --build-tests
	EXPERIMENTS_PROGRAM=$(CURDIR)/.build-sanitized/debug/experiments \
	  ASAN_OPTIONS=detect_leaks=0 UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1 \
	  swift test --skip-build --filter 'AcceptanceTests.($(sanitized_tests))'

fuzzing := --sanitize=fuzzer --sanitize=address -Xcc -fsanitize=undefined --scratch-path .build-fuzz \
  -Xswiftc -sanitize-coverage=edge,inline-8bit-counters,pc-table,trace-cmp,indirect-calls

TARGET ?=
SECONDS ?= 600

## Gives readers of files and texts the bytes that libFuzzer makes up, watched by AddressSanitizer and
## UndefinedBehaviorSanitizer: each of TARGET for SECONDS. Without TARGET it lists the readers. What makes one
## fail is kept in .build-fuzz/findings, and what it has learned in .build-fuzz/inputs. LeakSanitizer does not see the
## marked pointers of Swift's enumerations, so that leaks show as growth alone.
.PHONY: fuzz
fuzz: dependencies
	EXPERIMENTS_FUZZING=1 swift build $(fuzzing) --product fuzz
	@[ -n "$(TARGET)" ] || .build-fuzz/debug/fuzz --list
	@mkdir -p .build-fuzz/findings; \
	export SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0; \
	export UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1; \
	for name in $(TARGET); do \
	  inputs=.build-fuzz/inputs/$$name; mkdir -p $$inputs; \
	  .build-fuzz/debug/fuzz --harness=$$name --prepare=$$inputs-seeds || exit 1; \
	  scratch=$$(mktemp -d); \
	  TMPDIR=$$scratch .build-fuzz/debug/fuzz --harness=$$name $$inputs $$inputs-seeds \
	    -dict=$$inputs-seeds.dict -max_total_time=$(SECONDS) -timeout=30 -rss_limit_mb=2048 \
	    -malloc_limit_mb=1280 -max_len=16384 -artifact_prefix=.build-fuzz/findings/$$name- \
	    -detect_leaks=0 -print_final_stats=1 -print_funcs=0; status=$$?; \
	  rm -rf $$scratch; [ $$status -eq 0 ] || exit $$status; \
	done

## Compares feature maps of published weights with those of the frameworks that the files were written
## for. WEIGHTS is a folder with the files that Tests/ExperimentsTests/Fixtures/activations/make.py names.
test-weights: dependencies
	@test -d "$(WEIGHTS)" || { echo "make test-weights WEIGHTS=FOLDER, with the files in it"; exit 64; }
	swift build --build-tests
	EXPERIMENTS_WEIGHTS="$(abspath $(WEIGHTS))" swift test --skip-build --filter ActivationTests

## Times training steps on made-up data, and the augmentation of samples.
bench: dependencies
	swift build -c release --product experiments
	for spec in unet enet; do \
	  .build/release/experiments bench Benchmarks/$$spec.yaml || exit 1; echo; \
	done
	.build/release/experiments bench Benchmarks/augmentation.yaml --augmentation

## Prints which modules and folders use which, and fails where they use each other in a circle.
architecture: .build/architecture
	.build/architecture

.build/architecture: Tests/Architecture/architecture.swift
	@mkdir -p .build
	swiftc -O -parse-as-library $< -o $@

lint: .build/architecture
	.build/architecture > /dev/null || .build/architecture
	swift format lint --strict --recursive --parallel $(sources)

format:
	swift format --in-place --recursive --parallel $(sources)

## Installs the Debian packages that are missing; says nothing where none is.
dependencies:
	@missing=""; \
	for package in $(packages); do \
	  dpkg-query --show --showformat='$${Status}' $$package 2>/dev/null \
	    | grep -q 'install ok installed' || missing="$$missing $$package"; \
	done; \
	[ -z "$$missing" ] && exit 0; \
	echo "installing$$missing"; \
	sudo=""; [ "$$(id -u)" -eq 0 ] || sudo=sudo; \
	$$sudo apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq --no-install-recommends $$missing

## Opens reports in a headless Chromium, and a dashboard while runs are trained: what is seen, clicked and
## typed there. Needs Debian's chromium-headless-shell, and says so where it is absent.
test-browser: dependencies
	swift build --build-tests
	rm -rf .build/browser
	EXPERIMENTS_BROWSER_FOLDER=$(CURDIR)/.build/browser swift test --skip-build --filter BrowserPagesTests
	$(PYTHON) Tests/BrowserTests/check_report.py .build/debug/experiments .build/browser
	$(PYTHON) Tests/BrowserTests/check_data_page.py .build/debug/experiments .build/browser

## Trains sweeps through a real Slurm of two nodes on this machine: tasks that give way, a node that is lost.
## Needs root and Debian's slurmctld, slurmd, slurm-client and munge, and says so where they are absent.
test-slurm: dependencies
	swift build -c release --product experiments
	$(PYTHON) Tests/SlurmTests/check_slurm.py .build/release/experiments .build/slurm

## Trains trials by several processes that share the batches of a step, kills some of them, and compares with what one
## process trains. Needs Open MPI's mpirun; with Debian's Slurm and root it does so on two nodes, too.
test-mpi: dependencies
	swift build -c release --product experiments
	$(PYTHON) Tests/MPITests/check_ranks.py .build/release/experiments .build/mpi

# What `make install` installs, and where: under PREFIX, with DESTDIR before it where a package is made.
PREFIX ?= /usr/local
DESTDIR ?=
destination = $(DESTDIR)$(PREFIX)
static := .build-static
installed := bin/experiments share/man/man1/experiments.1 \
  share/bash-completion/completions/experiments share/zsh/site-functions/_experiments \
  share/fish/vendor_completions.d/experiments.fish

## How near each sampler comes to minima that are known, beside Optuna: a quarter of an hour.
bench-samplers: dependencies
	swift run -c release samplers

.PHONY: bench-samplers reference help-texts static install uninstall

## Writes the references of the spec and of the codes from their declarations; a test fails where it is out of date.
reference: dependencies
	swift build --product experiments
	.build/debug/experiments components --reference > Documentation/Spec-reference.md.new
	mv Documentation/Spec-reference.md.new Documentation/Spec-reference.md
	.build/debug/experiments schema > Documentation/spec.schema.json.new
	mv Documentation/spec.schema.json.new Documentation/spec.schema.json
	.build/debug/experiments explain --reference > Documentation/Diagnostics.md.new
	mv Documentation/Diagnostics.md.new Documentation/Diagnostics.md

## Writes every command's help into the file that the tests compare it with.
help-texts: dependencies
	swift build --build-tests
	EXPERIMENTS_WRITE_HELP=1 swift test --skip-build --filter HelpTests

## The program with Swift's standard library in it, as it is installed, and what comes with it.
static: dependencies
	swift build -c release --static-swift-stdlib --product experiments --scratch-path $(static)
	rm -rf $(static)/install
	mkdir -p $(addprefix $(static)/install/,$(dir $(installed)))
	cp $(static)/release/experiments $(static)/install/bin/experiments
	strip $(static)/install/bin/experiments
	cd $(static)/install && \
	  bin/experiments manual > share/man/man1/experiments.1 && \
	  bin/experiments --generate-completion-script bash \
	    > share/bash-completion/completions/experiments && \
	  bin/experiments --generate-completion-script zsh > share/zsh/site-functions/_experiments && \
	  bin/experiments --generate-completion-script fish \
	    > share/fish/vendor_completions.d/experiments.fish

## Installs the program, its completions and its manual page under PREFIX; asks for the rights that
## this takes only where they are missing.
install: static
	@sudo=""; mkdir -p $(destination)/bin 2>/dev/null && [ -w $(destination)/bin ] || sudo=sudo; \
	for file in $(installed); do \
	  mode=644; [ $$file != bin/experiments ] || mode=755; \
	  $$sudo install -D -m $$mode $(static)/install/$$file $(destination)/$$file || exit 1; \
	  echo $(destination)/$$file; \
	done

uninstall:
	@sudo=""; [ -w $(destination)/bin ] || sudo=sudo; \
	$$sudo rm -f $(addprefix $(destination)/,$(installed))
