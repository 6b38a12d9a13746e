#!/bin/bash
# A private Dovecot and Postfix on loopback, for the tests, the load runs and the demo. Root, Debian.
#
#   rig.sh up DIR BASEPORT [OWNERPID]   start; with OWNERPID everything is stopped and removed when that process is gone
#   rig.sh down DIR                     stop both servers
#   rig.sh dovecot-stop DIR             stop (or start again) only Dovecot, to show what a server that goes away does
#   rig.sh dovecot-start DIR
#
# Ports: BASEPORT plus the well-known one (IMAP +143, IMAPS +993, POP3 +110, POP3S +995, submission +587, submissions +465,
# "the outside world" +25, LMTP +24); +80 SASL for Postfix, +90 an OAuth introspection endpoint that the tests provide.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
[ $# -ge 2 ] || { sed -n 2,11p "$0" >&2; exit 2; }
command=$1
dir=$(realpath -m "$2")

open_port() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

wait_for_port() {
  local i
  for i in $(seq 200); do open_port "$1" && return; sleep 0.05; done
  echo "rig: nothing answers on port $1 after 10 s; see $dir/dovecot.log and $dir/postfix.log" >&2
  return 1
}

fill_in() { # every @NAME@ of a template
  sed -e "s#@DIR@#$dir#g" -e "s#@IMAP@#$((base + 143))#g" -e "s#@IMAPS@#$((base + 993))#g" \
    -e "s#@POP3@#$((base + 110))#g" -e "s#@POP3S@#$((base + 995))#g" -e "s#@LMTP@#$((base + 24))#g" \
    -e "s#@SASL@#$((base + 80))#g" -e "s#@OAUTH@#$((base + 90))#g" -e "s#@SUBMISSION@#$((base + 587))#g" \
    -e "s#@SUBMISSIONS@#$((base + 465))#g" -e "s#@SMTP@#$((base + 25))#g" "$here/$1"
}

start_dovecot() {
  base=$(cat "$dir/base")
  setsid /usr/sbin/dovecot -F -c "$dir/dovecot.conf" >"$dir/dovecot.out" 2>&1 </dev/null &
  echo $! >"$dir/dovecot.pid"
  wait_for_port $((base + 143))
  wait_for_port $((base + 24))
}

stop_dovecot() {
  [ -f "$dir/dovecot.pid" ] || return 0
  local pid i
  pid=$(cat "$dir/dovecot.pid")
  kill "$pid" 2>/dev/null || true
  for i in $(seq 100); do kill -0 "$pid" 2>/dev/null || break; sleep 0.05; done
  rm -f "$dir/dovecot.pid"
}

stop_all() {
  [ ! -f "$dir/pf/etc/main.cf" ] || /usr/sbin/postfix -c "$dir/pf/etc" stop >/dev/null 2>&1 || true
  stop_dovecot
}

case $command in
  up)
    base=${3:?base port}
    for offset in 143 993 110 995 587 465 25 24 80; do
      ! open_port $((base + offset)) || { echo "rig: port $((base + offset)) is taken" >&2; exit 3; }
    done
    mkdir -p "$dir"/{run,state,mail,pf/spool,pf/data,pf/etc}
    chmod 755 "$dir"
    echo "$base" >"$dir/base"
    id mailnull >/dev/null 2>&1 || useradd -r -M -d /nonexistent -s /usr/sbin/nologin mailnull
    chown mailnull "$dir/mail"
    chown postfix "$dir/pf/data"
    [ -f "$dir/cert.pem" ] || openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj /CN=localhost \
      -addext 'subjectAltName=DNS:localhost,DNS:mail.helpdesk.test,IP:127.0.0.1' \
      -keyout "$dir/key.pem" -out "$dir/cert.pem" 2>/dev/null
    [ -f "$dir/users" ] || printf '%s:{PLAIN}%s::::::\n' support@helpdesk.test pw1 sales@helpdesk.test pw2 \
      alice@customer.test pw3 bob@customer.test pw4 >"$dir/users"
    chgrp dovecot "$dir/users"
    chmod 640 "$dir/users"
    fill_in dovecot.conf.tmpl >"$dir/dovecot.conf"
    fill_in oauth2.conf.tmpl >"$dir/oauth2.conf"
    fill_in main.cf.tmpl >"$dir/pf/etc/main.cf"
    fill_in master.cf.tmpl >"$dir/pf/etc/master.cf"
    if [ -n "${4:-}" ]; then # a killed test run must not leave mail servers behind
      setsid bash -c 'while kill -0 "$1" 2>/dev/null; do sleep 1; done; bash "$2" down "$3"; rm -rf "$3"' \
        _ "$4" "$here/rig.sh" "$dir" >/dev/null 2>&1 </dev/null &
    fi
    start_dovecot
    /usr/sbin/postfix -c "$dir/pf/etc" start >"$dir/postfix.out" 2>&1 </dev/null # returns when the master runs
    wait_for_port $((base + 587))
    wait_for_port $((base + 25))
    ;;
  down) stop_all ;;
  dovecot-stop) stop_dovecot ;;
  dovecot-start) start_dovecot ;;
  *) echo "rig.sh: unknown command $command" >&2; exit 2 ;;
esac
