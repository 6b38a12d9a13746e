#!/bin/bash
# The one door to everyday work. ./dev.sh without arguments lists what it can do.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en
# A build node that outlives this script would keep a pipe of its caller open for ever.
export MSBUILDDISABLENODEREUSE=1

app=HelpdeskMail.App/bin/Debug/net10.0/HelpdeskMail.App.dll
packages=(dovecot-imapd dovecot-pop3d dovecot-lmtpd postfix openssl chromium fonts-liberation postgresql)

usage() {
  cat <<'TEXT'
./dev.sh run [ARGS]        build and start the portal on http://localhost:5080 (data under data/)
./dev.sh demo              a portal with two real mailboxes and sample mail (Debian, root); Ctrl-C ends it
./dev.sh demo-mail [FILE]  while the demo runs: send FILE, or a short mail, to support@helpdesk.test from outside
./dev.sh demo-loop         while the demo runs: a machine writes until the loop guard stops it
./dev.sh test [FILTER]     build, check the format, run every test; FILTER is part of a name or a dotnet test filter
./dev.sh e2e [FILTER]      only the browser journeys
./dev.sh test-kills N [SEED]  kill -9 N times over fetch, serve, import, deliver; then count every mail (200: half an hour)
./dev.sh migration NAME    add a database migration for all three providers, and compile the model anew
./dev.sh model             compile the model anew, where a change of it needs no migration
./dev.sh format [--check]  format the code
./dev.sh bench NAME        a benchmark or load run; without NAME lists them
TEXT
}

say() { printf '\n== %s\n' "$*"; }

missing_packages() {
  local package
  for package in "${packages[@]}"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || echo "$package"
  done
}

# The tests and the demo start servers of their own; what Debian would start beside them is kept from starting.
need_packages() {
  command -v dpkg-query >/dev/null || { echo "Not a Debian: tests against real servers will be skipped." >&2; return 0; }
  local missing blocked=
  missing=$(missing_packages)
  [ -n "$missing" ] || return 0
  if [ "$(id -u)" != 0 ]; then
    echo "Missing, and only root can install them (tests that need them are skipped): $(echo $missing)" >&2
    return 0
  fi
  say "installing" $missing
  if [ ! -e /usr/sbin/policy-rc.d ]; then
    printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
    chmod +x /usr/sbin/policy-rc.d
    blocked=1
  fi
  (
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends -o Dpkg::Use-Pty=0 $missing
  ) >/tmp/helpdesk-apt.log 2>&1 </dev/null || { tail -20 /tmp/helpdesk-apt.log >&2; [ -z "$blocked" ] || rm -f /usr/sbin/policy-rc.d; return 1; }
  [ -z "$blocked" ] || rm -f /usr/sbin/policy-rc.d
}

build() {
  say "build ${1:-HelpdeskMail.sln}"
  dotnet build "${1:-HelpdeskMail.sln}" -v q -clp:NoSummary -nologo
}

check_format() {
  dotnet format whitespace HelpdeskMail.sln --no-restore --verify-no-changes --exclude HelpdeskMail.Core/Data/Migrations/ HelpdeskMail.Core/Data/Compiled/
}

# run_tests TITLE PROJECT FILTER: the runner's output goes to the screen and, for the sum, to $log.
failed_runs=0
run_tests() {
  local arguments=(--no-build --logger 'console;verbosity=minimal' --blame-hang-timeout 500s --blame-hang-dump-type none)
  [ -z "$3" ] || arguments+=(--filter "$3")
  say "$1"
  timeout --kill-after=20 900 dotnet test "$2" "${arguments[@]}" </dev/null 2>&1 \
    | grep -vE '^(Test run for|A total of|Data collector .Blame)' | tee -a "$log" || failed_runs=$((failed_runs + 1))
}

summary() {
  awk '/Failed: +[0-9]+, Passed: +[0-9]+, Skipped: +[0-9]+/ {
         gsub(/[,:]/, " ")
         for (i = 1; i <= NF; i++) {
           if ($i == "Failed") failed += $(i + 1)
           if ($i == "Passed") passed += $(i + 1)
           if ($i == "Skipped") skipped += $(i + 1)
         }
       }
       END { printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped }' "$log"
}

test_all() { # test_all FILTER PROJECT…
  local filter=$1
  log=$(mktemp)
  trap 'rm -f "$log"' EXIT
  [[ -z "$filter" || "$filter" == *[=~]* ]] || filter="FullyQualifiedName~$filter"
  if [ "$2" = all ]; then
    if [ -n "$filter" ]; then
      run_tests "tests $filter" HelpdeskMail.Tests "$filter"
    else
      run_tests "tests without servers" HelpdeskMail.Tests "Needs!=servers&Needs!=night"
      run_tests "tests against real servers" HelpdeskMail.Tests "Needs=servers"
    fi
  fi
  run_tests "browser journeys" HelpdeskMail.E2E "$filter"
  say "sum"
  [ "$failed_runs" = 0 ] || echo "$failed_runs step(s) failed, see above" >&2
  summary
  [ "$failed_runs" = 0 ]
}

# What EF would work out of the model at every start (half a second) is generated from it. Made anew each time: code for the model of yesterday need not compile.
compile_model() {
  local compiled=HelpdeskMail.Core/Data/Compiled provider
  dotnet tool restore >/dev/null
  rm -rf "$compiled"
  build HelpdeskMail.Core
  for provider in Sqlite Postgres; do
    dotnet ef dbcontext optimize --no-build --project HelpdeskMail.Core --startup-project HelpdeskMail.Core \
      --context "${provider}Db" --output-dir "Data/Compiled/$provider" --namespace "HelpdeskMail.Core.Data.Compiled.$provider" >/dev/null
  done
}

migration() {
  [ -n "${1:-}" ] || { echo "usage: ./dev.sh migration NAME" >&2; exit 2; }
  compile_model
  local provider
  for provider in Sqlite Postgres SqlServer; do
    dotnet ef migrations add "$1" --no-build --project HelpdeskMail.Core --startup-project HelpdeskMail.Core \
      --context "${provider}Db" --output-dir "Data/Migrations/$provider"
  done
}

command=${1:-help}
[ $# = 0 ] || shift
case $command in
  run)
    build HelpdeskMail.App
    exec dotnet "$app" serve "$@"
    ;;
  demo) need_packages; build HelpdeskMail.App; exec bash demo/demo.sh up "$app" ;;
  demo-loop) exec bash demo/demo.sh loop ;;
  demo-mail) exec bash demo/demo.sh mail "$@" ;;
  test)
    need_packages
    build
    if [ -z "${1:-}" ]; then say "format" && check_format || failed_runs=1; fi
    test_all "${1:-}" all
    ;;
  e2e)
    need_packages
    build HelpdeskMail.E2E
    test_all "${1:-}" e2e
    ;;
  test-kills)
    need_packages
    build HelpdeskMail.Tests
    [[ "${1:-}" =~ ^[0-9]+$ ]] || { usage >&2; exit 2; }
    export HELPDESK_KILLS=$1 HELPDESK_KILLS_SEED=${2:-}
    exec dotnet test HelpdeskMail.Tests --no-build --filter 'FullyQualifiedName~KillTests.Nightly' --logger 'console;verbosity=detailed'
    ;;
  migration) migration "$@" ;;
  model) compile_model ;;
  format) if [ "${1:-}" = --check ]; then dotnet restore -v q && check_format; else dotnet format HelpdeskMail.sln --exclude HelpdeskMail.Core/Data/Migrations/ HelpdeskMail.Core/Data/Compiled/; fi ;;
  bench)
    dotnet build bench/HelpdeskMail.Bench -c Release -v q -clp:NoSummary -nologo
    exec dotnet bench/HelpdeskMail.Bench/bin/Release/net10.0/HelpdeskMail.Bench.dll "$@"
    ;;
  help | --help | -h) usage ;;
  *) usage >&2; exit 2 ;;
esac
