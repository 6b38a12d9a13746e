#!/bin/bash
# demo.sh up APP.dll       a portal with two mailboxes on a private Dovecot and Postfix under data/demo, until Ctrl-C
# demo.sh mail [FILE]      while it runs: FILE (or a short mail) comes in from outside for support@helpdesk.test
# demo.sh loop             while it runs: a machine writes until the loop guard stops it (25 mails)
# demo.sh outbox           what Alice, the customer, has in her mailbox
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/.."
base=${HELPDESK_DEMO_PORT:-21000} # fixed, so that mail programs and demo-mail can be pointed at it
dir=$PWD/data/demo
rig=HelpdeskMail.Tests/MailRig/rig.sh

# send_mail FROM TO FILE: over SMTP to the port of the outside world (RFC 5321). An empty FROM is the null return path.
send_mail() {
  local line
  exec 3<>"/dev/tcp/127.0.0.1/$((base + 25))"
  expect() { # expect DIGIT WHAT
    while IFS= read -r -t 20 line <&3; do [ "${line:3:1}" = - ] || break; done
    [ "${line:0:1}" = "$1" ] || { echo "$2: $line" >&2; return 1; }
  }
  expect 2 greeting
  printf 'EHLO customer.test\r\n' >&3; expect 2 EHLO
  printf 'MAIL FROM:<%s>\r\n' "$1" >&3; expect 2 MAIL
  printf 'RCPT TO:<%s>\r\n' "$2" >&3; expect 2 RCPT
  printf 'DATA\r\n' >&3; expect 3 DATA
  { sed -e 's/\r$//' -e 's/^\./../' -e 's/$/\r/' "$3"; printf '.\r\n'; } >&3
  expect 2 'end of data'
  printf 'QUIT\r\n' >&3
  exec 3>&-
}

address_of() { grep -i -m1 "^$1:" "$2" | grep -oE '[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+' | tail -1; }

sender_of() { # automatic mail comes with the null return path
  if grep -qi '^Auto-Submitted: auto' "$1"; then echo; else address_of From "$1"; fi
}

case ${1:-} in
  mail)
    if [ -n "${2:-}" ]; then
      send_mail "$(sender_of "$2")" "$(address_of To "$2")" "$2"
    else
      mail=$(mktemp)
      printf '%s\n' 'From: Alice Miller <alice@customer.test>' 'To: support@helpdesk.test' \
        "Subject: A question from $(date +%H:%M:%S)" "Date: $(date -R)" "Message-ID: <demo-$(date +%s%N)@customer.test>" '' \
        'Hello,' '' 'is anyone there?' '' 'Alice' >"$mail"
      send_mail alice@customer.test support@helpdesk.test "$mail"
      rm -f "$mail"
    fi
    echo "Sent. It is in the portal within seconds of the next fetch (Mailboxes, Fetch now)."
    ;;
  loop)
    mail=$(mktemp)
    for number in $(seq 25); do
      printf '%s\n' 'From: Backup on nas-2 <backup@machine.test>' 'To: help@helpdesk.test' "Subject: Backup failed (attempt $number)" \
        "Date: $(date -R)" "Message-ID: <backup-$number-$(date +%s%N)@machine.test>" '' 'The target does not answer. Trying again.' >"$mail"
      send_mail backup@machine.test help@helpdesk.test "$mail"
    done
    rm -f "$mail"
    echo "Sent. After the next fetch the last five are held back: see Loops."
    ;;
  outbox)
    find "$dir/rig/mail/alice@customer.test" -type f -path '*/Maildir/*' \( -path '*/new/*' -o -path '*/cur/*' \) -exec cat {} + 2>/dev/null || true
    ;;
  up)
    app=$2
    [ "$(id -u)" = 0 ] || { echo "The demo starts Dovecot and Postfix and needs root." >&2; exit 1; }
    [ ! -d "$dir/rig" ] || bash "$rig" down "$dir/rig"
    rm -rf "$dir"
    mkdir -p "$dir"
    bash "$rig" up "$dir/rig" "$base" $$
    # What a mail server does for an alias domain: its addresses are delivered to a mailbox that is fetched.
    aliases=
    for name in help building catchall bounce; do aliases+=" {$name@helpdesk.test = support@helpdesk.test},"; done
    for name in offers partners; do aliases+=" {$name@helpdesk.test = sales@helpdesk.test},"; done
    echo "virtual_alias_maps = inline:{${aliases%,} }" >>"$dir/rig/pf/etc/main.cf"
    /usr/sbin/postfix -c "$dir/rig/pf/etc" reload >/dev/null 2>&1
    sleep 1 # its servers take the new settings with their next connection
    mails=(demo/mails/*.eml)
    hours=${#mails[@]}
    for mail in "${mails[@]}"; do # as if they had come in during the last hours
      sed "s/^Date: .*/Date: $(date -R -d "$hours hours ago")\r/" "$mail" >"$dir/mail.eml"
      send_mail "$(sender_of "$mail")" "$(address_of To "$mail")" "$dir/mail.eml"
      hours=$((hours - 1))
    done

    export Urls=${Urls:-http://localhost:5080} Data__Directory=$dir Mail__AllowedPorts=$((base + 143)),$((base + 993)),$((base + 465)),$((base + 587))
    export ConnectionStrings__Helpdesk="Data Source=$dir/helpdesk.db" Database__Provider=Sqlite
    export Logging__LogLevel__Default=Warning
    pin=$(openssl x509 -in "$dir/rig/cert.pem" -outform DER | sha256sum | cut -d' ' -f1)
    sed -e "s/@IMAPS@/$((base + 993))/" -e "s/@IMAP@/$((base + 143))/" -e "s/@SUBMISSION@/$((base + 587))/" \
      -e "s/@SUBMISSIONS@/$((base + 465))/" -e "s/@PIN@/$pin/" demo/portal.json >"$dir/portal.json"
    dotnet "$app" migrate
    dotnet "$app" config import "$dir/portal.json"
    echo demo-Passw0rd | dotnet "$app" user add admin@helpdesk.test --role Administrator
    echo demo-Passw0rd | dotnet "$app" user add agent@helpdesk.test --role Agent
    dotnet "$app" fetch
    cat <<TEXT

  The portal is starting on $Urls
    log in as     admin@helpdesk.test (or agent@helpdesk.test), password demo-Passw0rd
    look at       Tickets (one by an alias, others sorted and tagged by filters), Filters, Addresses, Explain,
                  Confirmations (a forwarding that waits for you), Mailboxes, Communication log
    answer Alice  and see what reached her:  demo/demo.sh outbox
    send a mail   from another terminal:     ./dev.sh demo-mail, or ./dev.sh demo-mail FILE.eml
    a mail loop   from another terminal:     ./dev.sh demo-loop (then see Loops)
    or with any mail program: IMAP localhost:$((base + 143)), SMTP localhost:$((base + 587)),
                  alice@customer.test, password pw3 (certificate $dir/rig/cert.pem)
  Ctrl-C ends the portal and both mail servers. The next demo starts from scratch.

TEXT
    dotnet "$app" serve &
    portal=$!
    trap 'kill $portal 2>/dev/null || true; wait $portal 2>/dev/null || true; bash "$rig" down "$dir/rig"' EXIT
    trap 'exit 0' INT TERM
    wait $portal
    ;;
  *) sed -n 2,5p "$0" >&2; exit 2 ;;
esac
